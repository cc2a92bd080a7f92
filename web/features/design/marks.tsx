/** What things look like that are, or are done. */
import { runStatuses, taskStatuses } from '../../../domain/run/state.ts'
import { AgentMark, agentFamily } from '../../ui/agent-mark.tsx'
import { Gauge } from '../../ui/gauge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Keys } from '../../ui/keys.tsx'
import { Orbit } from '../../ui/orbit.tsx'
import { Part } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Simulated } from '../../ui/simulated.tsx'
import { StatusLabel } from '../../ui/status.tsx'
import { Ago, Span } from '../../ui/time.tsx'
import css from './design.module.css'
import { Specimen, Specimens } from './specimen.tsx'

const statuses = [...new Set([...runStatuses, ...taskStatuses])]
const agents = [
  'architect',
  'code-generator',
  'test-writer',
  'reviewer',
  'debugger',
  'researcher',
  'git.checkout',
] as const
const begun = Date.now() - 187_000

export function Marks() {
  return (
    <>
      <Part title="Status: a shape, a colour and a word">
        <Specimens>
          {statuses.map(status => (
            <Specimen key={status} name={status}>
              <StatusLabel status={status} />
            </Specimen>
          ))}
          <Specimen name="with a note">
            <StatusLabel status="WAITING" note="for a decision" />
          </Specimen>
        </Specimens>
      </Part>
      <Part title="Agents: a shape and a colour for each family">
        <Specimens>
          {agents.map(name => (
            <Specimen key={name} name={agentFamily(name)}>
              <span className={css.agent}>
                <AgentMark name={name} /> {name}
              </span>
            </Specimen>
          ))}
        </Specimens>
      </Part>
      <Part title="How far, how much, how long">
        <Specimens>
          <Specimen name="begun">
            <Orbit done={0} active />
          </Specimen>
          <Specimen name="on its way">
            <Orbit done={0.4} active />
          </Specimen>
          <Specimen name="in part failed">
            <Orbit done={0.5} failed={0.15} active />
          </Specimen>
          <Specimen name="still">
            <Orbit done={1} />
          </Specimen>
          <Specimen name="progress" wide>
            <Progress
              total={13}
              shares={[
                { tone: 'good', count: 6, word: 'done' },
                { tone: 'active', count: 3, word: 'at work' },
                { tone: 'bad', count: 1, word: 'failed' },
              ]}
            />
          </Specimen>
          <Specimen name="within its limit" wide>
            <Gauge used={24} reserved={6} limit={100} label="A budget with room" />
          </Specimen>
          <Specimen name="nearly used up" wide>
            <Gauge used={84} reserved={9} limit={100} label="A budget that is nearly used up" />
          </Specimen>
          <Specimen name="used up" wide>
            <Gauge used={120} limit={100} label="A budget that is used up" />
          </Specimen>
          <Specimen name="without a limit" wide>
            <Gauge used={120} limit={null} label="A budget without a limit" />
          </Specimen>
          <Specimen name="goes on">
            <Span from={begun} to={null} />
          </Specimen>
          <Specimen name="ended">
            <Span from={begun} to={begun + 3_765_000} />
          </Specimen>
          <Specimen name="moment">
            <Ago at={begun} />
          </Specimen>
        </Specimens>
      </Part>
      <Part title="Small things">
        <Specimens>
          <Specimen name="keys">
            <Keys keys="g h" />
          </Specimen>
          <Specimen name="quiet keys">
            <Keys keys="mod+k" quiet />
          </Specimen>
          <Specimen name="simulated">
            <Simulated />
          </Specimen>
          <Specimen name="icon">
            <Icon name="graph" />
          </Specimen>
        </Specimens>
      </Part>
    </>
  )
}
