/** What a person meets in a window, by role and name. */
import { screen } from "@testing-library/react";

export const button = (name: string) => screen.getByRole("button", { name });

export const radio = (name: string) => screen.getByRole("radio", { name });

export const isDisabled = (control: HTMLElement) => control.matches(":disabled");

/** What was announced to screen readers last. */
export const announced = () => screen.getByRole("status", { name: "Announcements" }).textContent;

/** What a screen reader says of an element besides its name. */
export const describedBy = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .flatMap((id) => document.getElementById(id)?.textContent ?? [])
    .join(" ");
