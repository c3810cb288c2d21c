import * as fs from 'node:fs';
import * as path from 'node:path';
import * as zlib from 'node:zlib';

const VERSION = 20;
const DEFLATE = 8;
/** 1980-01-01, the minimum date of ZIP. A constant date makes the archive reproducible. */
const DATE = 0x21;
/** A regular file with the mode rw-r--r--. */
const ATTRIBUTES = 0o100644 * 0x10000;
const VERSION_MADE_BY = 3 * 0x100 + VERSION;
const UTF8_NAMES = 0x800;

/** Creates a reproducible ZIP archive of a folder. It supports Lambda assets: no ZIP64, symbolic links or file modes. */
export function zipFolder(folder: string): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const name of listFiles(folder)) {
    const entry = createEntry(name, fs.readFileSync(path.join(folder, name)));
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), u16(VERSION), entry.fields, u16(0), entry.name]);
    local.push(header, entry.data);
    // the zeros are comment length, disk number and internal attributes
    central.push(Buffer.from('PK\x01\x02'), u16(VERSION_MADE_BY), u16(VERSION), entry.fields, u16(0), u16(0), u16(0), u16(0), u32(ATTRIBUTES), u32(offset), entry.name);
    offset += header.length + entry.data.length;
  }
  const directory = Buffer.concat(central);
  const count = local.length / 2;
  const end = Buffer.concat([Buffer.from('PK\x05\x06'), u16(0), u16(0), u16(count), u16(count), u32(directory.length), u32(offset), u16(0)]);
  return Buffer.concat([...local, directory, end]);
}

/** Compresses a file and returns the fields of both headers, from the flags to the name length. */
function createEntry(fileName: string, content: Buffer): { name: Buffer; data: Buffer; fields: Buffer } {
  const name = Buffer.from(fileName);
  const data = zlib.deflateRawSync(content);
  const fields = Buffer.concat([
    u16(UTF8_NAMES), u16(DEFLATE), u16(0), u16(DATE), u32(zlib.crc32(content)), u32(data.length), u32(content.length), u16(name.length),
  ]);
  return { name, data, fields };
}

function listFiles(folder: string, prefix = ''): string[] {
  return fs.readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? listFiles(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]));
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
