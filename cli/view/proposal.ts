/** A proposed run, as lines. Pure. */
import { showMicros } from '../../domain/money.ts'
import { oneLine } from '../format.ts'
import type { ShownProposalFragment } from '../gql/graphql.ts'
import { cut, type Style } from '../style.ts'
import { wrapped } from './question.ts'

type Screen = { width: number; style: Style }

const labelWidth = 10
/** Nobody can agree to what is cut away, and a terminal that does not know its size says 0. */
const leastWidth = 40

export function renderProposal(proposal: ShownProposalFragment, { width: given, style }: Screen): string[] {
  const width = Math.max(given, leastWidth)
  const { title, workflow, variables, reason, questions, project } = proposal
  const row = (label: string, text: string): string[] =>
    wrapped(oneLine(text), width - labelWidth - 4).map(
      (line, index) => `    ${style.dim((index === 0 ? label : '').padEnd(labelWidth))}${line}`,
    )
  return [
    `${style.yellow('?')} ${style.bold(cut(oneLine(title ?? ''), width - 2))}`,
    ...row('workflow', workflow ?? ''),
    ...(project === null ? [] : row('project', project.slug)),
    ...Object.entries(variables ?? {}).flatMap(([name, value]) =>
      row('with', `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
    ),
    ...row('costs', costOf(proposal)),
    ...row('why', reason ?? ''),
    ...row('by', authorOf(proposal)),
    ...questions.flatMap(({ variable, question }) => row('asks', `${variable}: ${question}`)),
  ]
}

function costOf({ estimate, simulated }: ShownProposalFragment): string {
  const by = simulated ? ', simulated' : ''
  const [low, high] = [estimate?.low ?? null, estimate?.high ?? null].map(micros =>
    micros === null ? null : showMicros(Number(micros)),
  )
  switch (estimate?.basis) {
    case 'PAST_RUNS':
      return `${low} … ${high}${by}, as ${estimate.runs} runs like it did`
    case 'WORST_CASE':
      return `at most ${high}${by}: all that its agents may use`
    case 'NO_MODEL':
      return 'nothing: none of its steps calls a model'
    default:
      return 'unknown: there is no price'
  }
}

const authorOf = ({ model, confidence, simulated }: ShownProposalFragment): string =>
  `${model ?? 'rules, without a model'}${simulated && model !== null ? ', simulated' : ''}, ${Math.round((confidence ?? 0) * 100)} % sure`
