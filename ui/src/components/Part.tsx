/**
 * A part of a window that may fail without taking the rest with it.
 *
 * Promises: what is drawn inside either is drawn, or says that it failed and can be drawn anew;
 * nothing outside is touched. Must never: say what was in the data that could not be drawn.
 */
import { useQueryClient } from "@tanstack/react-query";
import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import styles from "./States.module.css";

interface Props {
  /** What it is called on screen: "The card". */
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
          <h2 className={styles.title}>{name} could not be drawn</h2>
          <p className={styles.text}>
            The rest of Handset works on. Nothing you saved is lost, and what you typed is kept.
          </p>
          <div className={styles.act}>
            <Button onPress={() => void readAnew().then(again, again)}>Load this part again</Button>
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
