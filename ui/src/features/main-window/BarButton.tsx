import { Button, type ButtonProps } from "react-aria-components";
import { cx } from "../../components/cx";
import styles from "./BarButton.module.css";

interface Props extends Omit<ButtonProps, "className"> {
  className?: string;
}

/** A button of the title bar: text or an icon, no frame. */
export function BarButton({ className, ...rest }: Props) {
  return <Button {...rest} className={cx(styles.button, className)} />;
}
