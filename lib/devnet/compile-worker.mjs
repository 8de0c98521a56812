// Compiles one group of contracts in a process of its own, so that the compiler's memory (over 300 MB) is returned when it ends.
// Reads a job as JSON from standard input, writes the compiler's answer to the file that the job names.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const job = JSON.parse(readFileSync(0, 'utf8'));
const solc = createRequire(import.meta.url)(job.compiler);

function locate(name) {
  for (const [prefix, target] of job.remappings) {
    if (name.startsWith(prefix)) return join(job.modules, target, name.slice(prefix.length));
  }
  return name.startsWith('local/') ? join(job.localDir, name.slice('local/'.length)) : join(job.modules, name);
}

const read = (name) => readFileSync(locate(name), 'utf8');

const input = {
  language: 'Solidity',
  sources: Object.fromEntries(job.entries.map((name) => [name, { content: read(name) }])),
  settings: {
    ...job.settings,
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.bytecode.linkReferences'] } },
  },
};
const find = (name) => {
  try {
    return { contents: read(name) };
  } catch (cause) {
    return { error: String(cause) };
  }
};
const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
const errors = (output.errors ?? [])
  .filter((entry) => entry.severity === 'error')
  .map((entry) => entry.formattedMessage);
if (errors.length > 0) {
  process.stderr.write(errors.join('\n'));
  process.exit(1);
}
const contracts = {};
for (const file of Object.values(output.contracts)) {
  for (const [name, contract] of Object.entries(file)) {
    if (!job.contracts.includes(name) || contract.evm.bytecode.object === '') continue;
    contracts[name] = {
      abi: contract.abi,
      bytecode: `0x${contract.evm.bytecode.object}`,
      linkReferences: contract.evm.bytecode.linkReferences,
    };
  }
}
const missing = job.contracts.filter((name) => contracts[name] === undefined);
if (missing.length > 0) {
  process.stderr.write(`Not among the compiled contracts: ${missing.join(', ')}`);
  process.exit(1);
}
writeFileSync(job.outputFile, JSON.stringify(contracts));
