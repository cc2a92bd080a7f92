import { Link } from '@tanstack/react-router'
import { ButtonFace, buttonClass } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

export function NotFoundPage() {
  return (
    <Empty
      page
      icon="search"
      title="There is nothing at this address"
      action={
        <Link to="/" className={buttonClass} data-look="plain">
          <ButtonFace icon="graph">All runs</ButtonFace>
        </Link>
      }
    />
  )
}
