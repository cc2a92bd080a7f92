import type { ValidateWorkflowQuery } from '../../gql/graphql.ts'
import { counted } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import css from './workflows.module.css'

type Fault = ValidateWorkflowQuery['validateWorkflow']['faults'][number]

/** Every fault with its path and, where it is about a place in the text, its line. */
export function FaultList({ faults, onGo }: { faults: readonly Fault[]; onGo?: (line: number) => void }) {
  return (
    <section className={css.faults} aria-label="Faults">
      <h2>{counted(faults.length, 'fault')}</h2>
      <ul>
        {faults.map(({ path, message, line, column }) => (
          <li key={`${path} ${line} ${message}`}>
            <code>{path || 'the text'}</code>
            <span>{inert(message)}</span>
            {line === null ? null : onGo === undefined ? (
              <span className={css.muted}>{`line ${line}`}</span>
            ) : (
              <button type="button" className={css.go} onClick={() => onGo(line)}>
                {`line ${line}${column === null ? '' : `, column ${column}`}`}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
