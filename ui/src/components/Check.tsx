import type { ReactNode } from "react";
import { Checkbox, type CheckboxProps } from "react-aria-components";
import { ShapeIcon } from "./Mark";

interface Props extends Omit<CheckboxProps, "className" | "children"> {
  children: ReactNode;
}

/** Yes or no. */
export function Check({ children, ...rest }: Props) {
  return (
    <Checkbox {...rest} className="check">
      {({ isSelected }) => (
        <>
          <span className="check-box" aria-hidden="true">
            {isSelected ? <ShapeIcon shape="tick" /> : null}
          </span>
          <span>{children}</span>
        </>
      )}
    </Checkbox>
  );
}
