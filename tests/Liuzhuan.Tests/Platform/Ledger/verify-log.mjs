// Checks an exported log and a receipt with code written from the texts of RFC 9162, C2SP tlog-tiles, tlog-checkpoint and signed-note,
// and nothing of this product: node verify-log.mjs DIRECTORY VKEY [RECEIPT]. Prints "sound N" or throws.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, vkey, receiptFile] = process.argv.slice(2);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = leaf => sha256(Buffer.of(0), leaf);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const fail = what => { throw new Error(what); };

function readKey(text) {
    const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? fail('key: form');
    const key = Buffer.from(encoded, 'base64');
    if (key.length !== 33 || key[0] !== 1) fail('key: not Ed25519');
    if (sha256(name, '\n', key).subarray(0, 4).toString('hex') !== id) fail('key: id');
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]);
    return { name, id: Buffer.from(id, 'hex'), key: createPublicKey({ key: spki, format: 'der', type: 'spki' }) };
}

function openCheckpoint(note, key) {
    const split = note.lastIndexOf('\n\n');
    const text = note.slice(0, split + 1);
    const signed = note.slice(split + 2).split('\n').filter(line => line).some(line => {
        const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? fail('note: signature line');
        const signature = Buffer.from(encoded, 'base64');
        return name === key.name && signature.subarray(0, 4).equals(key.id) && verify(null, Buffer.from(text), key.key, signature.subarray(4));
    });
    if (!signed) fail('note: not signed by the key');
    const [origin, size, root] = text.split('\n');
    if (origin !== key.name) fail('checkpoint: origin');
    return { size: Number(size), root: Buffer.from(root, 'base64') };
}

function rootOf(hashes) {
    if (hashes.length === 0) return sha256('');
    while (hashes.length > 1) {
        const above = [];
        for (let i = 0; i < hashes.length; i += 2) above.push(i + 1 < hashes.length ? nodeHash(hashes[i], hashes[i + 1]) : hashes[i]);
        hashes = above;
    }
    return hashes[0];
}

function tilePath(level, number, width) {
    let text = String(number % 1000).padStart(3, '0');
    for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) text = `x${String(rest % 1000).padStart(3, '0')}/${text}`;
    return join(directory, 'tile', level, width === 256 ? text : `${text}.p/${width}`);
}

function* tiles(level, count) {
    for (let number = 0; number * 256 < count; number++) yield readFileSync(tilePath(level, number, Math.min(256, count - number * 256)));
}

function readLeaves(size) {
    const leaves = [];
    for (const bundle of tiles('entries', size)) {
        for (let at = 0; at < bundle.length;) {
            const length = bundle.readUInt16BE(at);
            leaves.push(bundle.subarray(at + 2, at + 2 + length));
            at += 2 + length;
            if (at > bundle.length) fail('bundle: cut');
        }
    }
    if (leaves.length !== size) fail(`entries: ${leaves.length} of ${size}`);
    return leaves;
}

function checkTiles(hashes) {
    for (let level = 0, count = hashes.length; count > 0; level++, count = Math.floor(count / 256)) {
        const stored = Buffer.concat([...tiles(String(level), count)]);
        if (!stored.equals(Buffer.concat(hashes))) fail(`tiles of level ${level}`);
        hashes = Array.from({ length: Math.floor(count / 256) }, (_, i) => rootOf(hashes.slice(i * 256, i * 256 + 256)));
    }
}

// RFC 9162 section 2.1.3.2.
function checkReceipt(file, key) {
    const receipt = JSON.parse(readFileSync(file, 'utf8'));
    const { size, root } = openCheckpoint(receipt.checkpoint, key);
    let [fn, sn, hash] = [receipt.position, size - 1, leafHash(Buffer.from(receipt.leaf, 'base64'))];
    if (fn > sn || JSON.parse(Buffer.from(receipt.leaf, 'base64')).position !== fn) fail('receipt: position');
    for (const sibling of receipt.path.map(text => Buffer.from(text, 'base64'))) {
        if (sn === 0) fail('receipt: path too long');
        if (fn % 2 === 1 || fn === sn) {
            hash = nodeHash(sibling, hash);
            while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
        } else {
            hash = nodeHash(hash, sibling);
        }
        [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    }
    if (sn !== 0 || !hash.equals(root)) fail('receipt: root');
}

const key = readKey(vkey);
const { size, root } = openCheckpoint(readFileSync(join(directory, 'checkpoint'), 'utf8'), key);
const leaves = readLeaves(size);
leaves.forEach((leaf, position) => JSON.parse(leaf).position === position || fail(`entry ${position}: position`));
const hashes = leaves.map(leafHash);
checkTiles(hashes);
if (!rootOf(hashes).equals(root)) fail('root');
if (receiptFile) checkReceipt(receiptFile, key);
console.log(`sound ${size}`);
