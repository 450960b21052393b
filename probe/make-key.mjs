// Makes a key file for signing the plug-in assembly, where no Visual Studio and no `sn` is at hand:
//   node probe/make-key.mjs probe/key.snk
// The file is an RSA private key in the notation of Windows (PRIVATEKEYBLOB), 2048 bits. Keep it to yourself:
// an assembly can be renewed in Dataverse only by one that is signed with the same key.
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const bits = 2048;
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Wanted the name of the file to write: node probe/make-key.mjs probe/key.snk');
  process.exit(2);
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 0x10001 });
const { n, p, q, dp, dq, qi, d } = privateKey.export({ format: 'jwk' });

/** A number of the key, little-endian, in so many bytes. */
function number(value, length) {
  const bytes = Buffer.alloc(length);
  Buffer.from(value, 'base64url').reverse().copy(bytes);
  return bytes;
}

const head = Buffer.alloc(20);
head.writeUInt8(7, 0); // a private key
head.writeUInt8(2, 1); // of this version of the notation
head.writeUInt32LE(0x2400, 4); // for signatures by RSA
head.write('RSA2', 8, 'latin1');
head.writeUInt32LE(bits, 12);
head.writeUInt32LE(0x10001, 16);
const half = bits / 16;
const parts = [p, q, dp, dq, qi].map((value) => number(value, half));
try {
  writeFileSync(file, Buffer.concat([head, number(n, bits / 8), ...parts, number(d, bits / 8)]), {
    mode: 0o600,
    flag: 'wx',
  });
  console.log(`${file} is written.`);
} catch (error) {
  console.error(`${file} cannot be written: ${error.message}`);
  process.exit(1);
}
