/** One place for what went wrong with the last act, where no nearer place exists. */
import { X } from "lucide-react";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { toBackendError } from "../backend/backend";
import type { Problem } from "../generated/Problem";

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
  const show = useCallback((thrown: unknown) => setProblem(toBackendError(thrown).problem), []);
  const clear = useCallback(() => setProblem(null), []);
  const value = useMemo(() => ({ show, clear }), [show, clear]);
  return (
    <ProblemsContext value={value}>
      {children}
      {problem ? (
        <div className="problem" role="alert">
          <div className="problem-text">
            <strong>{problem.message}</strong>
            {problem.hint ? <span> {problem.hint}</span> : null}
          </div>
          <AriaButton aria-label="Dismiss problem" className="icon-button" onPress={clear}>
            <X size={16} aria-hidden="true" />
          </AriaButton>
        </div>
      ) : null}
    </ProblemsContext>
  );
}
