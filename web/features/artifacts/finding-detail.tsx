import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { inert } from '../../ui/inert.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import css from './artifacts.module.css'
import { placeOf, type Row } from './findings.ts'
import { SeverityIcon } from './severity.tsx'

export function FindingDetail({ finding, onClose }: { finding: Row; onClose(): void }) {
  const { severity, message, rule, related, analyzers } = finding
  return (
    <Scroll className={css.detail} label="The finding in full">
      <header className={css.detailHead}>
        <SeverityIcon severity={severity} />
        <h3>{inert(message)}</h3>
        <Button look="ghost" icon="close" aria-label="Close" onClick={onClose} />
      </header>
      <Facts
        facts={{
          Place: <code>{inert(placeOf(finding) || 'the repository as a whole')}</code>,
          Rule: <code>{inert(rule)}</code>,
          'Found by': analyzers === undefined ? null : analyzers.join(', '),
          'Belongs to it':
            related.length === 0 ? null : (
              <ul>
                {related.map(place => (
                  <li key={`${place.file}:${place.line}`}>
                    <code>{inert(placeOf({ ...place, column: null }))}</code>
                  </li>
                ))}
              </ul>
            ),
        }}
      />
    </Scroll>
  )
}
