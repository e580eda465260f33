import { say } from '../text.ts';
import { Button } from '../views/button.tsx';

interface ToReportProps {
  open: () => void;
  /** Says which of several it is. */
  about?: string;
}

/** One press to the report for IT. */
export function ToReport({ open, about }: ToReportProps) {
  return (
    <Button
      does="report"
      class="small-button"
      onPress={open}
      {...(about ? { label: `${say('ui_report')}: ${about}` } : {})}
    >
      {say('ui_report')}
    </Button>
  );
}
