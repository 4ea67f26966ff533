/**
 * A part of a window that may fail without taking the rest with it.
 *
 * Promises: what is drawn inside either is drawn, or says that it failed and can be drawn anew;
 * nothing outside is touched. Must never: say what was in the data that could not be drawn.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { message } from "../text/text";
import { Button } from "./Button";
import styles from "./States.module.css";

interface Props {
  /** What it is called at the beginning of a sentence: "The card". */
  name: string;
  children: ReactNode;
}

/** Reads everything anew before the part is drawn again: what it could not draw may be old. */
export function Part({ name, children }: Props) {
  const client = useQueryClient();
  const readAnew = () => {
    // What only the failed part looked at is looked at by nobody now.
    client.removeQueries({ type: "inactive" });
    return client.invalidateQueries();
  };
  return (
    <Boundary
      fallback={(again) => (
        <div className={styles.empty} role="alert">
          <h2 className={styles.title}>{message("components-part-failed", { part: name })}</h2>
          <p className={styles.text}>{message("components-part-failed-safe")}</p>
          <div className={styles.act}>
            <Button onPress={() => void readAnew().then(again, again)}>
              {message("components-part-load-button")}
            </Button>
          </div>
        </div>
      )}
    >
      {children}
    </Boundary>
  );
}

interface BoundaryProps {
  fallback: (again: () => void) => ReactNode;
  children: ReactNode;
}

/** React catches what its children throw only in a class. */
export class Boundary extends Component<BoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return this.props.fallback(() => this.setState({ hasFailed: false }));
  }
}
