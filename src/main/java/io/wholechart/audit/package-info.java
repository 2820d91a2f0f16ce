/**
 * Who looked at whose chart, kept so that it can be shown years later: the record, the journal,
 * verify and report. No answer leaves before its record is on disk.
 *
 * <p>The journal is one file, {@code audit.jsonl}, one JSON object a line, ASCII, fields always all
 * there and always in this order, no blanks between tokens, every line ended by a line feed:
 *
 * <pre>{@code
 * {"v":2,"seq":12,"prev":"<64 hex digits>","at":"2026-01-31T08:15:00.000Z","requestId":"…",
 *  "caller":"…","patientId":"…" or null,"urgency":"…" or null,"interaction":"…",
 *  "sources":[{"source":"…","asked":"…" or null,"outcome":"…","identity":"…" or null,
 *              "elapsedMs":0,"attempts":0,"entries":0}],
 *  "httpStatus":200,"completeness":0.75 or null,"problem":"…" or null,"hash":"<64 hex digits>"}
 * }</pre>
 *
 * <p>Lines of version 1 have neither {@code asked} nor {@code identity}; they stay as they were
 * written, and a journal goes on from them.
 *
 * <p>A record that stands for several requests, as the summary of a flood that was shed, has {@code
 * "requests":N} between {@code problem} and {@code hash}; no other record has that field.
 *
 * <p>{@code seq} begins at 1 and grows by one. {@code prev} is the {@code hash} of the line before;
 * for the first line it is 64 zeros. {@code hash} is the SHA-256 of two things in a row: the 32
 * bytes that {@code prev} stands for, and the bytes of the line from its first brace up to, but
 * without, {@code ,"hash":}. Numbers in hex are lower case; in strings only {@code "} and {@code \}
 * and what is not printable ASCII are escaped. So anyone can check the log without this program:
 *
 * <pre>{@code
 * import hashlib, json, sys
 *
 * seq, last = 0, "0" * 64
 * for line in open(sys.argv[1], "rb"):
 *     record, seq = json.loads(line), seq + 1
 *     hashed = bytes.fromhex(last) + line[: line.rindex(b',"hash":')]
 *     if (record["seq"], record["prev"]) != (seq, last):
 *         sys.exit(f"line {seq} does not follow the line before it")
 *     if record["hash"] != hashlib.sha256(hashed).hexdigest():
 *         sys.exit(f"line {seq} was changed")
 *     last = record["hash"]
 * print(seq, last)
 * }</pre>
 *
 * <p>or a single line, in a shell: {@code (printf %s "$prev" | xxd -r -p; printf %s
 * "${line%,\"hash\":*}") | sha256sum}.
 *
 * <p>What a chain without a key cannot show: records cut off the end at a line boundary, and a log
 * that was written anew from some line on by somebody who may write the file. Whoever keeps the
 * last {@code seq} and {@code hash} elsewhere (verify prints them) can see both.
 */
@NullMarked
package io.wholechart.audit;

import org.jspecify.annotations.NullMarked;
