/** What agents hand to each other, for people to read. */
import type { Reasoning, ResearchNote } from '../../../domain/evidence.ts'
import type { ChangeSummary, DesignDoc, Plan, ReviewReport, SpecDoc, TestPlan } from '../../../domain/work.ts'
import { counted } from '../../lib/format.ts'
import { inert } from '../../ui/inert.tsx'
import { StatusIcon } from '../../ui/status.tsx'
import css from './artifacts.module.css'
import { Document, Files, Lines, Part } from './document.tsx'
import { SeverityIcon } from './severity.tsx'
import work from './work.module.css'

export const SpecView = ({ spec }: { spec: SpecDoc }) => (
  <Document summary={spec.summary}>
    <Part title="Requirements">
      <ol className={css.cards}>
        {spec.requirements.map(({ key, text, acceptance }) => (
          <li key={key} className={css.card}>
            <p className={work.key}>{key}</p>
            <p>{inert(text)}</p>
            <Acceptance lines={acceptance} />
          </li>
        ))}
      </ol>
    </Part>
    <Lines title="Assumptions" lines={spec.assumptions} />
    <Lines title="Open questions" lines={spec.openQuestions} />
    <Lines title="Out of scope" lines={spec.outOfScope} />
  </Document>
)

const Acceptance = ({ lines }: { lines: readonly string[] }) => (
  <ul className={work.acceptance} aria-label="Met when">
    {lines.map(line => (
      <li key={line}>
        <StatusIcon status="PLANNED" size={13} />
        {inert(line)}
      </li>
    ))}
  </ul>
)

export const PlanView = ({ plan }: { plan: Plan }) => (
  <Document summary={plan.summary}>
    <Part title={counted(plan.steps.length, 'step')}>
      <ol className={css.cards}>
        {plan.steps.map(step => (
          <li key={step.key} className={css.card}>
            <p className={work.key}>
              {step.key}
              <span>
                {step.agent}
                {step.needs.length === 0 ? '' : `, after ${step.needs.join(', ')}`}
                {step.consensus === undefined ? '' : `, the best of ${step.consensus}`}
              </span>
            </p>
            <h4>{inert(step.title)}</h4>
            <p className={work.text}>{inert(step.goal)}</p>
            <Acceptance lines={step.acceptance} />
            <Files files={step.files} />
          </li>
        ))}
      </ol>
    </Part>
    <Lines title="Risks" lines={plan.risks} />
    <Lines title="Not planned" lines={plan.notPlanned} />
  </Document>
)

export const DesignView = ({ design }: { design: DesignDoc }) => (
  <Document summary={design.summary}>
    <Part title="Decisions" of={design.decisions}>
      <ol className={css.cards}>
        {design.decisions.map(({ title, choice, why, alternatives }) => (
          <li key={title} className={css.card}>
            <h4>{inert(title)}</h4>
            <p>{inert(choice)}</p>
            <p className={css.muted}>{inert(why)}</p>
            {alternatives.length === 0 ? null : (
              <p className={css.muted}>Instead of: {inert(alternatives.join('; '))}</p>
            )}
          </li>
        ))}
      </ol>
    </Part>
    <Part title="Components" of={design.components}>
      <ul className={css.cards}>
        {design.components.map(({ name, responsibility, files }) => (
          <li key={name} className={css.card}>
            <h4>{inert(name)}</h4>
            <p>{inert(responsibility)}</p>
            <Files files={files} />
          </li>
        ))}
      </ul>
    </Part>
    {design.interfaces === '' ? null : (
      <Part title="Interfaces">
        <pre className={work.code}>{inert(design.interfaces)}</pre>
      </Part>
    )}
    <Lines title="Risks" lines={design.risks} />
  </Document>
)

export const ChangeView = ({ change }: { change: ChangeSummary }) => (
  <Document summary={change.summary}>
    <Part title="Changed" of={change.changes}>
      <ul className={work.pairs}>
        {change.changes.map(({ file, what }) => (
          <li key={`${file} ${what}`}>
            <code>{inert(file)}</code>
            <span>{inert(what)}</span>
          </li>
        ))}
      </ul>
    </Part>
    <Part title="Verified" of={change.verified}>
      <ul className={work.pairs}>
        {change.verified.map(({ what, how }) => (
          <li key={what}>
            <span className={work.met}>
              <StatusIcon status="SUCCEEDED" size={14} />
              {inert(what)}
            </span>
            <code>{inert(how)}</code>
          </li>
        ))}
      </ul>
    </Part>
    <Lines title="Not verified" lines={change.notVerified} />
    <Lines title="Tests added" lines={change.testsAdded} />
  </Document>
)

export const ReviewView = ({ review }: { review: ReviewReport }) => (
  <Document summary={review.summary}>
    <p className={work.verdict} data-tone={review.verdict === 'approve' ? 'good' : 'wait'}>
      <StatusIcon status={review.verdict === 'approve' ? 'SUCCEEDED' : 'WAITING'} />
      {review.verdict === 'approve' ? 'Approved' : 'Changes are asked for'}
    </p>
    <Part title={counted(review.findings.length, 'finding')} of={review.findings}>
      <ul className={css.cards}>
        {review.findings.map(({ severity, file, line, problem, suggestion }) => (
          <li key={`${file}:${line} ${problem}`} className={css.card}>
            <p className={work.key}>
              <SeverityIcon severity={severity} />
              <span>
                {file === null ? 'the change as a whole' : inert(`${file}${line === null ? '' : `:${line}`}`)}
              </span>
            </p>
            <p className={work.text}>{inert(problem)}</p>
            {suggestion === '' ? null : <p className={`${work.text} ${css.muted}`}>{inert(suggestion)}</p>}
          </li>
        ))}
      </ul>
    </Part>
    <Lines title="Checked" lines={review.checked} />
    <Lines title="Not checked" lines={review.notChecked} />
  </Document>
)

const outcomes = {
  met: { status: 'SUCCEEDED', word: 'met' },
  'not-met': { status: 'FAILED', word: 'not met' },
  unknown: { status: 'PLANNED', word: 'unknown' },
} as const

export const ReasoningView = ({ reasoning }: { reasoning: Reasoning }) => (
  <Document summary="What it meant to do, and what it found when it compared its work with that.">
    <Part title="Plan" of={reasoning.plan}>
      <ol className={work.lines} data-numbered>
        {reasoning.plan.map(line => (
          <li key={line}>{inert(line)}</li>
        ))}
      </ol>
    </Part>
    <Part title="Checks" of={reasoning.checks}>
      <ul className={work.pairs}>
        {reasoning.checks.map(({ what, outcome, evidence }) => (
          <li key={what}>
            <span className={work.met}>
              <StatusIcon status={outcomes[outcome].status} size={14} />
              {inert(what)}
              <span className={css.muted}>{outcomes[outcome].word}</span>
            </span>
            {evidence === '' ? null : <span className={`${work.text} ${css.muted}`}>{inert(evidence)}</span>}
          </li>
        ))}
      </ul>
    </Part>
    <Lines title={`Dissent among ${reasoning.samples} samples`} lines={reasoning.dissent} />
  </Document>
)

const shownOutcome = { passes: 'SUCCEEDED', fails: 'FAILED', 'not-run': 'PLANNED' } as const

export const TestPlanView = ({ plan }: { plan: TestPlan }) => (
  <Document summary={plan.summary}>
    {plan.reproduces === null ? null : (
      <Part title="Reproduces the fault">
        <p>
          <code>{inert(plan.reproduces.test)}</code>
        </p>
        <pre className={work.code}>{inert(plan.reproduces.failure)}</pre>
      </Part>
    )}
    <Part title={counted(plan.cases.length, 'case')}>
      <ul className={work.pairs}>
        {plan.cases.map(({ name, file, expected, outcome }) => (
          <li key={name}>
            <span className={work.met}>
              <StatusIcon status={shownOutcome[outcome]} size={14} />
              {inert(name)}
            </span>
            <span className={css.muted}>
              {inert(expected)}
              {file === null ? '' : inert(`, in ${file}`)}
            </span>
          </li>
        ))}
      </ul>
    </Part>
    <Lines title="Not covered" lines={plan.notCovered} />
  </Document>
)

export const ResearchView = ({ note }: { note: ResearchNote }) => (
  <Document summary={note.question}>
    <Part title="Answer">
      <p className={work.text}>{inert(note.answer)}</p>
    </Part>
    <Part title="What it rests on" of={note.claims}>
      <ul className={css.cards}>
        {note.claims.map(({ text, url, quote }) => (
          <li key={`${url} ${text}`} className={css.card}>
            <p>{inert(text)}</p>
            <blockquote className={work.quote}>{inert(quote)}</blockquote>
            <p className={css.muted}>{inert(url)}</p>
          </li>
        ))}
      </ul>
    </Part>
    <Lines title="Where sources disagree" lines={note.contradictions} />
    <Lines title="Not found" lines={note.notFound} />
  </Document>
)
