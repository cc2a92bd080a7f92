/** Empty, loading, failed, offline; and what is read. */
import { useState } from 'react'
import { Ansi } from '../../ui/ansi.tsx'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Facts } from '../../ui/facts.tsx'
import { JsonView } from '../../ui/json.tsx'
import { MarkdownText } from '../../ui/markdown.tsx'
import { Offline } from '../../ui/offline.tsx'
import { Part } from '../../ui/page.tsx'
import { Stats } from '../../ui/stats.tsx'
import { Table } from '../../ui/table.tsx'
import css from './design.module.css'
import { Specimen, Specimens } from './specimen.tsx'

export function States() {
  const [tries, setTries] = useState(0)
  return (
    <>
      <Part title="Where there is nothing, or not yet, or not any more">
        <Specimens>
          <Specimen name="empty: what would stand here, and how it comes to be" wide>
            <Empty icon="play" title="No run yet" action={<Button look="primary">Start a run</Button>}>
              Start a workflow, and watch it here.
            </Empty>
          </Specimen>
          <Specimen name="loading: in the measures of what is coming" wide>
            <Bars rows={3} height={52} label="How loading looks" />
          </Specimen>
          <Specimen name="failed: what went wrong, and what helps" wide>
            <Empty
              icon="warning"
              title="The runs could not be read"
              action={<Button onClick={() => setTries(tries + 1)}>Try again{tries === 0 ? '' : ` (${tries})`}</Button>}
            >
              The server could not be reached.
            </Empty>
          </Specimen>
          <Specimen name="offline: told after three seconds, over what is still there" wide>
            <Offline text="Connection lost, reconnecting. What you see is from 2 min ago." />
          </Specimen>
        </Specimens>
      </Part>
      <Part title="What is read">
        <Specimens>
          <Specimen name="facts" wide>
            <Facts facts={{ Workflow: 'repository-audit, version 3', Deadline: '10:14:06', Model: <code>x/y</code> }} />
          </Specimen>
          <Specimen name="Markdown, inert" wide>
            <MarkdownText
              text={
                '**Two files**, `+12 −3`.\n\n- <b>HTML is text</b>\n- [a link](https://example.org) and [none](javascript:alert(1))'
              }
            />
          </Specimen>
          <Specimen name="what a program printed" wide>
            <Ansi text={'\u001b[32m ✓ \u001b[0mpricing.test.ts (7 tests)\n\u001b[31m ✗ \u001b[0mtotals.test.ts\n'} />
          </Specimen>
          <Specimen name="figures" wide>
            <Stats
              label="Some figures"
              stats={[
                { label: 'Ended', value: '214', note: 'of 230' },
                { label: 'Failed', value: '3', tone: 'bad' },
              ]}
            />
          </Specimen>
          <Specimen name="table" wide>
            <Table
              label="A table"
              head={[
                { text: 'Model', wide: true },
                { text: 'Calls', end: true },
              ]}
            >
              <tr>
                <td>anthropic/claude-opus</td>
                <td data-end>214</td>
              </tr>
            </Table>
          </Specimen>
          <Specimen name="JSON" wide>
            <JsonView label="Some JSON" value={{ depth: 500, exclude: ['vendor/**'], runTests: true, branch: null }} />
          </Specimen>
        </Specimens>
        <p className={css.words}>Whatever models and repositories say is shown as text, and cut where it is endless.</p>
      </Part>
    </>
  )
}
