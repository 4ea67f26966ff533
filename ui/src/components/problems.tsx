/** One place for the problem of the last action, where no nearer place exists. */
import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { toBackendError } from "../backend/backend";
import type { Problem } from "../generated/Problem";
import { message } from "../text/text";
import { IconButton } from "./Button";
import { Sentence } from "./Sentence";
import styles from "./problems.module.css";

interface Problems {
  show: (thrown: unknown) => void;
  clear: () => void;
}

const ProblemsContext = createContext<Problems>({ show: () => undefined, clear: () => undefined });

export function useProblems(): Problems {
  return useContext(ProblemsContext);
}

export function ProblemArea({ children }: { children: ReactNode }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const client = useQueryClient();
  const show = useCallback(
    (thrown: unknown) => {
      const { problem: shown } = toBackendError(thrown);
      setProblem(shown);
      // The status says which screen asks for the key or the rep.
      if (shown.code === "not_connected" || shown.code === "not_mapped") {
        void client.invalidateQueries({ queryKey: ["status_get"] });
      }
    },
    [client],
  );
  const clear = useCallback(() => setProblem(null), []);
  const value = useMemo(() => ({ show, clear }), [show, clear]);
  return (
    <ProblemsContext value={value}>
      {children}
      {problem ? (
        // It lies above every dialog: it is spoken and can be dismissed, although the dialog
        // silences the rest. It may cover the work; the other attribute tells the layout tests.
        <div
          className={styles.problem}
          role="alert"
          data-over-work=""
          data-react-aria-top-layer="true"
        >
          <div className={styles.text}>
            <strong>
              <Sentence text={problem.message} />
            </strong>
            {problem.hint ? (
              <span>
                {" "}
                <Sentence text={problem.hint} />
              </span>
            ) : null}
          </div>
          <IconButton aria-label={message("components-problem-dismiss-button")} onPress={clear}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
      ) : null}
    </ProblemsContext>
  );
}
