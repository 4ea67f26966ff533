import type { ReactNode } from "react";
import { Checkbox, type CheckboxProps } from "react-aria-components";
import { ShapeIcon } from "./Mark";
import styles from "./Choices.module.css";

interface Props extends Omit<CheckboxProps, "className" | "children"> {
  children: ReactNode;
}

/** Yes or no. */
export function Check({ children, ...rest }: Props) {
  return (
    <Checkbox {...rest} className={styles.check}>
      {({ isSelected }) => (
        <>
          <span className={styles.box} aria-hidden="true">
            {isSelected ? <ShapeIcon shape="tick" /> : null}
          </span>
          <span data-whole="">{children}</span>
        </>
      )}
    </Checkbox>
  );
}
