// SPDX-License-Identifier: GPL-3.0-or-later
// Reads one JSON string a line, writes its token count a line, counted by the npm package tiktoken.
//   node count_with_tiktoken.mjs o200k_base < texts.jsonl
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

const require = createRequire(path.join(process.env.TIERWISE_TIKTOKEN ?? process.cwd(), 'x.js'));
const encoding = require('tiktoken').get_encoding(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(encoding.encode_ordinary(JSON.parse(line)).length + '\n');
}
