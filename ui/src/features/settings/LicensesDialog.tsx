import { NO_ARGS, useSnapshot } from "../../backend/snapshots";
import { Button } from "../../components/Button";
import { DialogActions, ModalDialog } from "../../components/Dialogs";
import { Failed, Skeleton } from "../../components/States";
import { message } from "../../text/text";
import styles from "./LicensesDialog.module.css";

/** What the authors of libraries ask to be shown with their work, in their own words. */
export function LicensesDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalDialog title={message("settings-licenses-title")} isOpen={isOpen} onClose={onClose} wide>
      <Licenses />
      <DialogActions>
        <Button autoFocus onPress={onClose}>
          {message("settings-licenses-close-button")}
        </Button>
      </DialogActions>
    </ModalDialog>
  );
}

function Licenses() {
  const { data, isError, error, refetch } = useSnapshot("licenses_get", NO_ARGS);
  if (isError) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton what={message("settings-licenses-loading")} rows={6} />;
  if (data.text === null) return <p>{message("settings-licenses-none")}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll it
    <pre className={styles.text} lang="en" tabIndex={0}>
      {data.text}
    </pre>
  );
}
