// Archives for tests, also such as lie about themselves.
import zlib from 'node:zlib';

/** A zip: [{ name, bytes, encrypted, packed, size }]. Without `packed`, deflated data, an entry is stored as it is; `size` is what the archive says of it. */
export function zip(entries) {
  const parts = [], directory = [];
  let offset = 0;
  for (const { name, bytes, encrypted, packed, size = bytes.length, crc = crc32(bytes) } of entries) {
    const data = packed ?? bytes, fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0); fixed.writeUInt16LE(encrypted ? 1 : 0, 2); fixed.writeUInt16LE(packed ? 8 : 0, 4);
    fixed.writeUInt32LE(crc, 10); fixed.writeUInt32LE(data.length, 14); fixed.writeUInt32LE(size, 18); fixed.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fixed, Buffer.from(name), data]), tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fixed, tail, Buffer.from(name));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory), end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4); end.writeUInt16LE(entries.length, 6); end.writeUInt32LE(central.length, 8); end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end]);
}

/** Deflated spaces, so many times 16 MB; ends where the data ends. */
export function bomb(times) {
  const part = zlib.deflateRawSync(Buffer.alloc(16 << 20, ' '), { level: 9, finishFlush: zlib.constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array(times).fill(part), zlib.deflateRawSync(Buffer.alloc(0))]);
}

export function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
