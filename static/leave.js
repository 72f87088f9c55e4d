// Leaving: the browser asks first, but only while files are loaded. Part of both pages' scripts.
// In the frame it also guards the one thing no policy stops (see lockdown.js), so it keeps its own
// flag and its own copy of preventDefault: code that comes later can reach neither.
let filesLoaded = false;
const setLoaded = (yes) => { filesLoaded = yes === true; };
const prevent = Function.prototype.call.bind(Event.prototype.preventDefault);
addEventListener('beforeunload', (event) => { if (filesLoaded) prevent(event); });

