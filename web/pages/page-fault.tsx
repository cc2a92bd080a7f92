import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'

/** A fault of the page itself. The server and its runs know nothing of it. */
export function PageFault({ error }: ErrorComponentProps) {
  return (
    <Empty
      page
      icon="warning"
      title="This page broke"
      action={
        <Button look="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      {error instanceof Error ? error.message : ''} Runs go on whatever the page does.
    </Empty>
  )
}
