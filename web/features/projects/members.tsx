import { Link } from '@tanstack/react-router'
import { useQuery } from 'urql'
import { faultOf } from '../../lib/fault.ts'
import { Bars } from '../../ui/empty.tsx'
import { Ago } from '../../ui/time.tsx'
import { MembersDocument } from './documents.ts'
import css from './projects.module.css'

/** Who may act here. There are no rights for a single project: whoever has a key of the organisation may. */
export function Members() {
  const [{ data, error, fetching }] = useQuery({ query: MembersDocument })
  if (data === undefined)
    return fetching ? <Bars rows={2} height={40} /> : <p className={css.fault}>{error ? faultOf(error) : ''}</p>
  const now = Date.now()
  const valid = data.keys.nodes.filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now),
  )
  return (
    <>
      <p className={css.hint}>
        Whoever has a key of the organisation sees this project and may start, steer and answer in it; there are no
        rights for a single project. <Link to="/settings">Keys are made and revoked in the settings.</Link>
      </p>
      <ul className={css.members} aria-label="Who may act">
        {valid.map(key => (
          <li key={key.id}>
            <span className={css.memberName}>
              {key.name}
              {key.isMine ? ' (you)' : ''}
            </span>
            <code>{key.publicId}</code>
            <span>{key.role === 'OWNER' ? 'Owner' : 'Member'}</span>
            <span>{key.lastUsedAt === null ? 'never used' : <Ago at={Date.parse(key.lastUsedAt)} />}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
