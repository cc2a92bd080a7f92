import { useState } from 'react'
import { useMutation } from 'urql'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { formatSpan } from '../../lib/format.ts'
import { useNow } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { inert } from '../../ui/inert.tsx'
import { Part } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { CheckMark } from './check-mark.tsx'
import { DrainDocument } from './documents.ts'
import css from './health.module.css'
import type { System } from './system.ts'

type Worker = System['workers'][number]
/** A worker shows itself every two seconds; what was not seen for so long is not counted on. */
const silentMs = 10_000

export function WorkerPart({ workers }: { workers: readonly Worker[] }) {
  return (
    <Part title="Workers" aside={`${workers.length} in the last minute`}>
      {workers.length === 0 ? (
        <p className={css.muted}>
          None. Start one: <code>ORRERY_ROLE=worker npm start</code>
        </p>
      ) : (
        <Table
          label="Workers"
          head={[
            { text: 'Worker', wide: true },
            { text: 'State' },
            { text: 'Sandbox', width: 220 },
            { text: 'At work', end: true },
            { text: 'Seen', end: true },
            { text: 'Drain', end: true },
          ]}
        >
          {workers.map(worker => (
            <WorkerRow key={worker.id} worker={worker} />
          ))}
        </Table>
      )}
    </Part>
  )
}

function WorkerRow({ worker }: { worker: Worker }) {
  const now = useNow()
  const silent = now - Date.parse(worker.heartbeatAt)
  const slots = worker.classes.map(({ name, slots }) => `${slots} ${name}`).join(', ')
  return (
    <tr>
      <th scope="row" data-wide>
        <code>{worker.host}</code>
        <span className={css.muted}>{` process ${worker.pid}, version ${worker.version}, ${slots}`}</span>
      </th>
      <td data-tone={worker.draining ? 'wait' : silent > silentMs ? 'bad' : 'good'}>
        {worker.draining ? 'Draining' : silent > silentMs ? 'Silent' : 'At work'}
      </td>
      <td>
        {worker.sandbox === null ? (
          <span className={css.muted}>not told of</span>
        ) : (
          <span className={css.sandbox} title={worker.sandbox.reason}>
            <CheckMark status={worker.sandbox.available ? 'OK' : 'DOWN'} size={14} />
            {worker.sandbox.driver}
            {worker.sandbox.available ? null : (
              <span className={css.muted}>{inert(worker.sandbox.reason.slice(0, 200))}</span>
            )}
          </span>
        )}
      </td>
      <td data-end>{worker.active}</td>
      <td data-end>{`${formatSpan(Math.max(0, silent))} ago`}</td>
      <td data-end>
        <DrainButton worker={worker} />
      </td>
    </tr>
  )
}

function DrainButton({ worker }: { worker: Worker }) {
  const [asking, setAsking] = useState(false)
  const [{ fetching }, drain] = useMutation(DrainDocument)
  const [fault, setFault] = useState('')
  if (worker.draining) return null
  const run = async () => {
    const { data, error } = await drain({ input: { ids: [worker.id] } })
    setFault(error === undefined ? (refusalOf(data?.drainWorkers)?.message ?? '') : faultOf(error))
  }
  return (
    <>
      <Button
        pending={fetching}
        onClick={() => setAsking(true)}
        aria-label={`Drain ${worker.host}, process ${worker.pid}`}
      >
        Drain
      </Button>
      {fault === '' ? null : (
        <p role="alert" className={css.fault}>
          {fault}
        </p>
      )}
      {asking ? (
        <Confirm
          title="Drain this worker?"
          text={`It finishes the ${worker.active} tasks that it is at, takes nothing new, and stays so until it is started again.`}
          yes="Drain it"
          onYes={() => void run()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  )
}
