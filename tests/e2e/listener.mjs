// Everything that can arrive: HTTP, WebSocket, bare TCP, UDP (STUN, QUIC) on 127.0.0.1, and names.
import dgram from 'node:dgram'; import http from 'node:http'; import net from 'node:net';
import { WebSocketServer } from 'ws';

/** A set of servers that remember what reaches them; `take()` returns that and forgets it. */
export async function listen() {
  const hits = [], note = (kind, what = '') => hits.push(`${kind} ${what}`);
  const web = http.createServer((request, reply) => {
    note('http', `${request.method} ${request.url}`);
    const kind = /\.js/.test(request.url) ? 'text/javascript' : /\.css/.test(request.url) ? 'text/css' : /eventsource/.test(request.url) ? 'text/event-stream' : 'text/html';
    reply.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*', 'cache-control': 'no-store', 'content-type': kind });
    reply.end('/**/');
  });
  const sockets = new WebSocketServer({ noServer: true });
  web.on('upgrade', (request, socket, head) => { note('websocket', request.url); sockets.handleUpgrade(request, socket, head, () => {}); });
  web.on('connection', () => note('tcp'));
  web.on('clientError', (error, socket) => { note('tcp-not-http', error.code); socket.destroy(); }); // a TLS hello, say
  await bound(web.listen(0, '127.0.0.1'));

  const udp = dgram.createSocket('udp4').on('message', (message) => note('udp', `${message.length}B first=${message.subarray(0, 4).toString('hex')}`));
  udp.bind(0, '127.0.0.1');
  await bound(udp);
  const bare = net.createServer((socket) => {
    note('tcp2', 'conn');
    socket.on('data', (data) => note('tcp2', `${data.length}B first=${data.subarray(0, 3).toString('hex')}`)).on('error', () => {});
  });
  await bound(bare.listen(0, '127.0.0.1'));
  return {
    note, take: () => hits.splice(0),
    ports: { port: web.address().port, udp: udp.address().port, tcp2: bare.address().port },
    close() { web.closeAllConnections(); web.close(); udp.close(); bare.close(); },
  };
}

/** A name server for which every name is 127.0.0.1; tells which names are asked for. */
export async function nameServer(address, asked) {
  const server = dgram.createSocket('udp4').on('message', (message, from) => {
    const parts = [];
    let at = 12;
    for (; message[at]; at += message[at] + 1) parts.push(message.subarray(at + 1, at + 1 + message[at]).toString());
    asked(parts.join('.').toLowerCase());
    const isA = message.readUInt16BE(at + 1) === 1, head = Buffer.from(message.subarray(0, 12));
    head[2] = 0x81; head[3] = 0x80; head.writeUInt16BE(isA ? 1 : 0, 6); head.writeUInt32BE(0, 8);
    const answer = isA ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 127, 0, 0, 1]) : Buffer.alloc(0);
    server.send(Buffer.concat([head, message.subarray(12, at + 5), answer]), from.port, from.address);
  });
  server.bind(53, address);
  await bound(server);
  return server;
}

const bound = (server) => new Promise((done, fail) => server.once('listening', done).once('error', fail));
