/** One place for what went wrong with the last act, where no nearer place exists. */
import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { toBackendError } from "../backend/backend";
import type { Problem } from "../generated/Problem";
import { Sentence } from "./Sentence";

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
        // It lies above every dialog: heard, and put away, although the dialog silences the rest.
        <div className="problem" role="alert" data-react-aria-top-layer="true">
          <div className="problem-text">
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
          <AriaButton aria-label="Dismiss problem" className="icon-button" onPress={clear}>
            <X size={16} aria-hidden="true" />
          </AriaButton>
        </div>
      ) : null}
    </ProblemsContext>
  );
}
