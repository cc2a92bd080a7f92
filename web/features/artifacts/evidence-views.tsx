/** What shows how a result came about, for people to read. */
import type { Judgement, RunLedger } from '../../../domain/evidence.ts'
import { counted, formatCount } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import css from './artifacts.module.css'
import { Document, Lines, Part } from './document.tsx'
import work from './work.module.css'

export const JudgementView = ({ judgement }: { judgement: Judgement }) => (
  <Document summary={judgement.reason}>
    <Part title={counted(judgement.candidates.length, 'candidate')}>
      <ul className={work.pairs}>
        {judgement.candidates.map(({ name, tests, lost }) => (
          <li key={name}>
            <span className={work.met}>
              <StatusIcon
                status={name === judgement.winner ? 'SUCCEEDED' : lost === null ? 'PLANNED' : 'FAILED'}
                size={14}
              />
              {inert(name)}
              {name === judgement.winner ? <strong>chosen</strong> : null}
            </span>
            <span className={css.muted}>
              {tests === null ? 'no tests' : `${tests.passed} passed, ${tests.failed} failed`}
              {lost === null ? '' : `; takes no part: ${lost}`}
            </span>
          </li>
        ))}
      </ul>
    </Part>
    <Part
      title={`${counted(judgement.votes.length, 'vote')}${judgement.agreement === null ? '' : `, ${Math.round(judgement.agreement * 100)} % agree`}`}
      of={judgement.votes}
    >
      <ul className={css.cards}>
        {judgement.votes.map(({ judge, first, second, prefers, reason }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a judge may vote twice, and votes keep their places.
          <li key={index} className={css.card}>
            <p className={work.key}>
              {inert(judge)}
              <span>
                {prefers === null
                  ? `no preference: ${first ?? 'none'} in one order, ${second ?? 'none'} in the other`
                  : `prefers ${prefers} in both orders`}
              </span>
            </p>
            <p className={work.text}>{inert(reason)}</p>
          </li>
        ))}
      </ul>
    </Part>
    <Lines title="Dissent" lines={judgement.dissent} />
  </Document>
)

const dollars = (micros: number): string => `$${(micros / 1e6).toFixed(4)}`
/** Calls that are drawn; the sum is over all of them. */
const shownCalls = 500

export const LedgerView = ({ ledger: { calls, spentMicros, limitMicros } }: { ledger: RunLedger }) => (
  <Document
    summary={`${dollars(spentMicros)} for ${counted(calls.length, 'call')}${limitMicros === null ? '' : ` of at most ${dollars(limitMicros)}`}.`}
  >
    <Part title="Calls" of={calls}>
      <Scroll className={work.ledger} label="Calls">
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Agent</th>
              <th scope="col">Model</th>
              <th scope="col">In</th>
              <th scope="col">Out</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {calls
              .slice(0, shownCalls)
              .map(({ taskIndex, agent, model, input, cacheRead, cacheWrite, output, micros, certainty }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: calls have no other name than their place.
                <tr key={index}>
                  <td>{taskIndex}</td>
                  <td>{inert(agent)}</td>
                  <td>{inert(model)}</td>
                  <td>{formatCount(input + cacheRead + cacheWrite)}</td>
                  <td>{formatCount(output)}</td>
                  <td>
                    {dollars(micros)}
                    {certainty === 'unknown' ? ' at most' : ''}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      {calls.length > shownCalls ? (
        <p className={css.muted}>and {counted(calls.length - shownCalls, 'more call')}</p>
      ) : null}
    </Part>
  </Document>
)
