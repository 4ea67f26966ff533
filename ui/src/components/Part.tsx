/**
 * A part of a window that may fail without taking the rest with it.
 *
 * Promises: either its content is drawn, or the part says that it failed and can be drawn anew;
 * nothing outside is touched. Must never: show anything of the data that could not be drawn.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { message } from "../text/text";
import { Button } from "./Button";
import styles from "./States.module.css";

interface Props {
  /** Its name at the beginning of a sentence: "The card". */
  name: string;
  children: ReactNode;
}

/** Reads everything anew before the part is drawn again: its data may be old. */
export function Part({ name, children }: Props) {
  const client = useQueryClient();
  const readAnew = () => {
    // Snapshots that only the failed part used are not in use now.
    client.removeQueries({ type: "inactive" });
    return client.invalidateQueries();
  };
  return (
    <Boundary
      fallback={(again) => (
        <div className={styles.empty} role="alert">
          <h2 className={styles.title}>{message("components-part-failed", { part: name })}</h2>
          <p className={styles.text}>{message("components-part-failed-safe")}</p>
          <div className={styles.action}>
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
