import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { controlClass } from '../../ui/field.tsx'
import type { ForkFilled, PromptFilled, Role, Weights } from './changes.ts'
import css from './fork.module.css'

type Props = {
  filled: ForkFilled
  roles: readonly Role[]
  models: readonly string[]
  onChange(next: Partial<ForkFilled>): void
}

/** What agents are told otherwise: words for a role, which models, what matters in the choice of them, and fewer tools. */
export function AgentChanges({ filled, roles, models, onChange }: Props) {
  const tools = [...new Set(roles.flatMap(role => role.tools))].filter(name => name !== 'submit').sort()
  return (
    <fieldset className={css.agents}>
      <legend>What agents are told</legend>
      {filled.prompts.map((prompt, index) => (
        <PromptChange
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name than their place.
          key={index}
          prompt={prompt}
          roles={roles}
          onChange={next => onChange({ prompts: filled.prompts.with(index, next) })}
          onRemove={() => onChange({ prompts: filled.prompts.filter((_, place) => place !== index) })}
        />
      ))}
      <div className={css.row}>
        <Button
          icon="plus"
          disabled={roles.length === 0}
          onClick={() =>
            onChange({ prompts: [...filled.prompts, { role: roles[0]?.name ?? '', text: '', replaces: false }] })
          }
        >
          Words for a role
        </Button>
        <Choice
          label="Models that may be asked"
          all="All models"
          options={models.map(id => ({ value: id, text: id }))}
          chosen={filled.models}
          onChoose={chosen => onChange({ models: chosen })}
        />
        <Choice
          label="Tools that nobody has any more"
          all="All tools"
          options={tools.map(name => ({ value: name, text: `without ${name}` }))}
          chosen={filled.withoutTools}
          onChoose={chosen => onChange({ withoutTools: chosen })}
        />
      </div>
      <Preference preference={filled.preference} onChange={preference => onChange({ preference })} />
    </fieldset>
  )
}

type PromptProps = {
  prompt: PromptFilled
  roles: readonly Role[]
  onChange(next: PromptFilled): void
  onRemove(): void
}

function PromptChange({ prompt, roles, onChange, onRemove }: PromptProps) {
  return (
    <div className={css.prompt}>
      <div className={css.row}>
        <select
          className={controlClass}
          aria-label="Role"
          value={prompt.role}
          onChange={event => onChange({ ...prompt, role: event.target.value })}
        >
          {roles.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <label className={css.check}>
          <input
            type="checkbox"
            checked={prompt.replaces}
            onChange={event => onChange({ ...prompt, replaces: event.target.checked })}
          />
          in place of its own words
        </label>
        <Button look="ghost" icon="close" aria-label="Leave this out" onClick={onRemove} />
      </div>
      <textarea
        className={controlClass}
        rows={3}
        maxLength={8_000}
        aria-label={`Words for ${prompt.role}`}
        placeholder="Round halves to even, as the invoices do."
        value={prompt.text}
        onChange={event => onChange({ ...prompt, text: event.target.value })}
      />
    </div>
  )
}

const weights = [
  ['quality', 'Quality'],
  ['cost', 'Cost'],
  ['latency', 'Speed'],
] as const satisfies readonly (readonly [keyof Weights, string])[]
const even: Weights = { quality: 0.5, cost: 0.5, latency: 0.5 }

type PreferenceProps = { preference: Weights | null; onChange(preference: Weights | null): void }

function Preference({ preference, onChange }: PreferenceProps) {
  return (
    <div className={css.preference}>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={preference !== null}
          onChange={event => onChange(event.target.checked ? even : null)}
        />
        Other weights in the choice of models
      </label>
      {preference === null
        ? null
        : weights.map(([name, word]) => (
            <label key={name} className={css.weight}>
              <span>{word}</span>
              <input
                type="range"
                min={0}
                max={1}
                step={0.05}
                value={preference[name]}
                onChange={event => onChange({ ...preference, [name]: Number(event.target.value) })}
              />
              <output className="tabular">{preference[name].toFixed(2)}</output>
            </label>
          ))}
    </div>
  )
}
