import { useLive } from '../../lib/use-live.ts'
import { Bars, Empty } from '../../ui/empty.tsx'
import { AdviceList } from './advice-list.tsx'
import { DatabasePart } from './database-part.tsx'
import { HealthChangedDocument } from './documents.ts'
import { Emergency } from './emergency.tsx'
import css from './health.module.css'
import { QueuePart } from './queue-part.tsx'
import { Services } from './services.tsx'
import { Troubles } from './troubles.tsx'
import { WorkerPart } from './worker-part.tsx'

/** How the installation is, live. What is wrong stands first, with what to do about it. */
export function HealthView() {
  const { data, fault } = useLive(HealthChangedDocument, {})
  if (data === null && fault === null) return <Bars rows={6} height={56} />
  if (data === null)
    return (
      <Empty icon="warning" title="The figures could not be read">
        {fault}
      </Empty>
    )
  const system = data.healthChanged
  return (
    <div className={css.view}>
      <Services system={system} />
      <AdviceList advice={system.advice} />
      <QueuePart work={system.work} />
      <WorkerPart workers={system.workers} />
      <DatabasePart database={system.database} process={system.process} />
      <Troubles tasks={system.goneWrong} />
      <Emergency system={system} />
    </div>
  )
}
