import { open } from 'node:fs/promises'
import { readCsv } from './csv.mjs'
import { runPipeline } from './pipeline.mjs'
import { steps } from './steps.mjs'

const [input, output] = process.argv.slice(2)
if (input === undefined || output === undefined) {
  console.error('usage: npm start -- input.csv output.jsonl')
  process.exit(2)
}
const [source, target, refused] = await Promise.all([open(input), open(output, 'w'), open(`${output}.rejected`, 'w')])
try {
  const { accepted, rejected } = await runPipeline(readCsv(source.readLines()), steps, {
    accept: row => target.write(`${JSON.stringify(row)}\n`),
    reject: (line, reason) => refused.write(`${line}\t${reason}\n`),
  })
  console.log(`${accepted} accepted, ${rejected} rejected`)
  if (rejected * 10 > accepted + rejected) process.exitCode = 1
} finally {
  await Promise.all([source.close(), target.close(), refused.close()])
}
