/**
 * An append-only, tamper-evident journal of contents that it does not look into: the form in which
 * the audit log is kept, so that it can be shown years later, also by people without this program.
 *
 * <p><b>Files.</b> A journal is a directory. {@code audit-EEEEEE-SSSSSSSSSSSS.jsonl} are its
 * segments, named by key epoch and first number; {@code checkpoints.txt} is what was signed for;
 * {@code keys/epoch-EEEEEE.pub} are the public keys; {@code tombstones.txt} stands for segments
 * that were dropped; {@code node} is whose journal it is. The key that signs is kept elsewhere. A
 * process that opens a journal begins a new segment, as does one whose disk failed: a file that was
 * closed, or on which a sync failed, is never written to again.
 *
 * <p><b>Lines.</b> ASCII, one JSON object each, fields always all there and always in this order,
 * no blanks between tokens, every line ended by a line feed. A segment begins with a header, which
 * is no record:
 *
 * <pre>{@code
 * {"v":3,"node":"n1","epoch":1,"kind":"segment","first":12,"prev":"<hex>","range":["<hex>",…],
 *  "salt":null}
 * }</pre>
 *
 * <p>{@code range} are the roots of the perfect subtrees of all records before, the largest first.
 * Records follow:
 *
 * <pre>{@code
 * {"v":3,"node":"n1","epoch":1,"seq":12,"prev":"<hex>",CONTENT,"hash":"<hex>"}
 * }</pre>
 *
 * <p>{@code seq} begins at 1 and grows by one for the life of the directory. {@code prev} is the
 * {@code hash} of the record before; for the first it is 64 zeros. {@code hash} is the SHA-256 of a
 * zero byte and the bytes of the line from its first brace up to, but without, {@code ,"hash":}.
 * That is the leaf hash of RFC 6962, so one hash a record makes both the chain and the tree. The
 * first record of an epoch has the content {@code
 * "kind":"status",…,"event":"epoch","detail":"ed25519:<hex of the public key>"}, and the last
 * before a journal was closed in order {@code "event":"closed", "detail":"size:<last checkpoint
 * before>"}.
 *
 * <p><b>Encryption.</b> Where {@code salt} is 64 hex digits, the lines behind the header are each
 * the base64 of AES-256-GCM over the line without its line feed, with its tag behind it; the key is
 * HMAC-SHA-256, by the configured key, of the salt and {@code wholechart journal segment}; the
 * nonce is the line's number within the file, from 0, as 12 bytes.
 *
 * <p><b>Checkpoints.</b> C2SP signed-note and tlog-checkpoint, each followed by a blank line:
 *
 * <pre>{@code
 * wholechart/audit/n1
 * 12
 * <base64 of the root of the Merkle tree of RFC 6962 over the first 12 records>
 * epoch 1
 * time 2026-01-31T08:15:00.125Z
 * last <hex of the SHA-256 of the note before, 64 zeros for the first>
 *
 * — wholechart/audit/n1 <base64 of key id and Ed25519 signature>
 * }</pre>
 *
 * <p>This checks a journal that is not encrypted, and its signatures where the package {@code
 * cryptography} is there:
 *
 * <pre>{@code
 * import base64, glob, hashlib, json, os, sys
 *
 * def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
 * def root(range_):
 *     hashes = [h for _, h in range_]
 *     while len(hashes) > 1:
 *         right = hashes.pop()
 *         hashes.append(sha(b"\1", hashes.pop(), right))
 *     return hashes[0] if hashes else sha()
 *
 * try: from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
 * except ImportError: Ed25519PublicKey = None
 * folder, seq, last, tree, roots = sys.argv[1], 0, "0" * 64, [], {}
 * segments = glob.glob(os.path.join(folder, "audit-*.jsonl"))
 * for name in sorted(segments, key=lambda n: int(n[:-6].rsplit("-", 1)[1])):
 *     for line in open(name, "rb"):
 *         record = json.loads(line)
 *         if record.get("kind") == "segment":
 *             if (record["first"], record["prev"]) != (seq + 1, last):
 *                 sys.exit(f"{os.path.basename(name)} does not go on from record {seq}")
 *             continue
 *         seq += 1
 *         leaf = sha(b"\0", line[: line.rindex(b',"hash":')])
 *         if (record["seq"], record["prev"]) != (seq, last):
 *             sys.exit(f"record {seq} does not follow the one before it")
 *         if record["hash"] != leaf.hex():
 *             sys.exit(f"record {seq} was changed")
 *         last, size, node = leaf.hex(), 1, leaf
 *         while tree and tree[-1][0] == size:
 *             node, size = sha(b"\1", tree.pop()[1], node), size * 2
 *         tree.append((size, node))
 *         roots[seq] = root(tree)
 * before, signed = "0" * 64, 0
 * notes = open(os.path.join(folder, "checkpoints.txt"), encoding="utf8").read().split("\n\n")
 * for text, signature in zip(notes[0::2], notes[1::2]):
 *     fields = text.split("\n")
 *     size, epoch = int(fields[1]), int(fields[3].split()[1])
 *     if fields[5] != "last " + before:
 *         sys.exit(f"checkpoint {size} does not follow the one before it")
 *     if size > seq:
 *         sys.exit(f"{size} records are signed for, and {seq} are there")
 *     if base64.b64decode(fields[2]) != roots[size]:
 *         sys.exit(f"checkpoint {size} is of other records")
 *     vkey = open(os.path.join(folder, "keys", f"epoch-{epoch:06}.pub")).read().strip()
 *     key = base64.b64decode(vkey.split("+", 2)[2])[1:]
 *     if Ed25519PublicKey:
 *         Ed25519PublicKey.from_public_bytes(key).verify(
 *             base64.b64decode(signature.split()[-1])[4:], (text + "\n").encode())
 *     before, signed = sha((text + "\n\n" + signature + "\n").encode()).hex(), size
 * print(seq, last, signed)
 * }</pre>
 *
 * <p>or a single line, in a shell: {@code (printf '\0'; printf %s "${line%,\"hash\":*}") |
 * sha256sum}.
 *
 * <p><b>What cannot be shown.</b> What was written since the last checkpoint, a second at most, is
 * held by the chain alone: somebody who may write the files can write it anew. And who cuts off
 * records together with all checkpoints over them leaves what a crash just before would have left;
 * the second place that {@code audit.checkpoints.copyTo} names, or any checkpoint that was kept,
 * shows it: {@code verify --checkpoint}.
 *
 * <p>Knows nobody but the log: what it has to tell goes through {@link
 * io.wholechart.journal.JournalEvents}.
 */
@NullMarked
package io.wholechart.journal;

import org.jspecify.annotations.NullMarked;
