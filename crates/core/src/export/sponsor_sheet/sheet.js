"use strict";
(() => {
  const sheet = document.querySelector("main");
  const lines = Array.from(document.querySelectorAll("tr[data-guest]"));
  const status = document.getElementById("status");
  const times = new Map();
  let unsaved = false;

  const answer = (line) => {
    const chosen = line.querySelector("input:checked");
    return chosen ? chosen.value : "NotReviewed";
  };
  const comment = (line) => line.querySelector("input[type=text]").value.trim();

  const show = () => {
    for (const line of lines) line.dataset.answer = answer(line);
    const open = lines.filter((line) => answer(line) === "NotReviewed").length;
    status.textContent = open === 0 ? "All guests are answered for." : open + " of " + lines.length + " are still open.";
  };

  const answers = () =>
    JSON.stringify({
      format: "guestlens-sponsor-answers",
      version: 1,
      value: lines.map((line) => ({
        sponsorAnswer: answer(line),
        answeredDateTime: times.get(line) || null,
        comment: comment(line),
        guestId: line.dataset.id,
        guestUpn: line.dataset.upn,
        guestMail: line.dataset.mail,
        guestName: line.dataset.name,
        sheetId: sheet.dataset.sheet,
        sheetName: sheet.dataset.title,
        sheetFrom: sheet.dataset.from || null,
        sponsorId: sheet.dataset.id,
        sponsorUpn: sheet.dataset.upn,
        sponsorMail: sheet.dataset.mail,
        sponsorName: sheet.dataset.name,
      })),
    }, null, 1);

  document.addEventListener("change", (event) => {
    const line = event.target.closest("tr[data-guest]");
    if (!line) return;
    if (event.target.type === "radio" || answer(line) !== "NotReviewed") times.set(line, new Date().toISOString());
    unsaved = true;
    show();
  });

  document.getElementById("save").addEventListener("click", () => {
    const text = answers();
    const link = document.createElement("a");
    const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.href = address;
    link.download = sheet.dataset.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    document.getElementById("text").value = text;
    document.getElementById("saved").hidden = false;
    unsaved = false;
  });

  document.getElementById("open").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (!file) return;
    let known;
    try {
      known = JSON.parse(await file.text()).value;
      if (!Array.isArray(known)) throw new Error("no answers");
    } catch {
      status.textContent = "This file has no answers of a sheet.";
      return;
    }
    for (const line of lines) {
      const own = known.find((one) => one && one.sheetId === sheet.dataset.sheet
        && one.guestId === line.dataset.id && one.guestUpn === line.dataset.upn && one.guestMail === line.dataset.mail);
      if (!own) continue;
      for (const input of line.querySelectorAll("input[type=radio]")) input.checked = input.value === own.sponsorAnswer;
      line.querySelector("input[type=text]").value = typeof own.comment === "string" ? own.comment : "";
      if (typeof own.answeredDateTime === "string") times.set(line, own.answeredDateTime);
    }
    show();
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  for (const part of document.querySelectorAll(".bar")) part.hidden = false;
  show();
})();
