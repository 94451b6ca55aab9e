// SPDX-License-Identifier: GPL-3.0-or-later
// make_prompt_log.mjs LOGS_FOLDER OUT.csv [MEGABYTES]: a log with texts for the benchmarks, made of public prompt files
// (awesome_chatgpt_prompts.csv, mt_bench_question.jsonl, arena_hard_v0.1_question.jsonl). Every row's text is another
// one, so that nothing is gained by keeping equal texts once; one row in twenty holds an address, a number or a key.
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';

const [folder, out, megabytes = '500'] = process.argv.slice(2);
if (out === undefined) {
    console.error('usage: make_prompt_log.mjs LOGS_FOLDER OUT.csv [MEGABYTES]');
    process.exit(2);
}

function csvRows(text) {
    const rows = [];
    let row = [];
    let cell = '';
    let quoted = false;
    for (let i = 0; i < text.length; ++i) {
        const c = text[i];
        if (quoted) {
            if (c !== '"') cell += c;
            else if (text[i + 1] === '"') cell += text[++i];
            else quoted = false;
        } else if (c === '"') quoted = true;
        else if (c === ',' || c === '\n') {
            row.push(cell.replace(/\r$/, ''));
            cell = '';
            if (c === '\n') rows.push(row.splice(0));
        } else cell += c;
    }
    return rows;
}

const lines = (name) => readFileSync(join(folder, name), 'utf8').split('\n').filter((line) => line !== '').map(JSON.parse);
const [header, ...people] = csvRows(readFileSync(join(folder, 'awesome_chatgpt_prompts.csv'), 'utf8'));
const prompts = people.map((row) => row[header.indexOf('prompt')] ?? '')
    .concat(lines('mt_bench_question.jsonl').flatMap((line) => line.turns))
    .concat(lines('arena_hard_v0.1_question.jsonl').map((line) => line.prompt ?? line.turns[0].content))
    .filter((prompt) => prompt.length > 0 && prompt.length < 20000);
const traces = ['write to ann@example.org', 'call +49 30 901820', 'pay to DE89 3704 0044 0532 0130 00', 'key=AKIAIOSFODNN7EXAMPLE'];
const models = ['gpt-4o', 'claude-opus-4-6', 'gemini-2.5-pro', 'deepseek-chat', 'qwen3-8b'];

const goal = Number(megabytes) * 1e6;
const stream = createWriteStream(out);
const head = 'time,request_id,model,team,prompt,input_tokens,output_tokens\n';
stream.write(head);
let written = head.length;
for (let i = 0; written < goal; ++i) {
    const prompt = `${prompts[i % prompts.length]} (case ${i}${i % 20 === 0 ? `, ${traces[(i / 20) % traces.length]}` : ''})`;
    const time = new Date(Date.UTC(2026, 0, 1) + i * 4000).toISOString();
    const row = `${time},req-${i},${models[i % models.length]},team-${i % 12},"${prompt.replaceAll('"', '""')}",${Math.ceil(prompt.length / 4)},${(i * 37) % 900}\n`;
    written += Buffer.byteLength(row);
    if (!stream.write(row)) await once(stream, 'drain');
}
stream.end();
await once(stream, 'finish');
console.log(`${out}: ${(written / 1e6).toFixed(1)} MB of ${prompts.length} prompts`);
