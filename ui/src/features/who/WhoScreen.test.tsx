import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Status } from "../../generated/Status";
import { type Answers, refusal } from "../../testing/core";
import { draw, InMain, pass } from "../../testing/draw";
import { aStatus, aUser, users } from "../../testing/snapshots";
import { WhoScreen } from "./WhoScreen";

const ROBIN = aUser();
const SAM = aUser({ user_id: "u2", name: "Sam Seller", email: "sam@example.com", title: "SDR" });
const GONE = aUser({ user_id: "u3", name: "Gil Gone", email: null, deactivated: true });

const asking = (answers: Answers = {}, status: Partial<Status> = {}) =>
  draw(
    <InMain>
      <WhoScreen status={aStatus({ stage: "choose_rep", rep: null, ...status })} />
    </InMain>,
    {
      users_get: () => users({ users: [ROBIN, SAM, GONE] }),
      rep_choose: () => aStatus(),
      ...answers,
    },
  );

const search = () => screen.getByRole("searchbox", { name: "Search people" });
const person = (name: string) => screen.getByRole("option", { name });
const names = () =>
  screen.queryAllByRole("option").map((one) => one.getAttribute("aria-label") ?? one.textContent);
const goOn = () => screen.getByRole("button", { name: "Continue" }) as HTMLButtonElement;

describe("the screen that asks who one is", () => {
  it("goes on only with somebody chosen, and says as whom calls are logged", async () => {
    const { user, core } = await asking();
    expect(document.activeElement).toBe(search());
    expect(goOn().disabled).toBe(true);
    expect(screen.getByText("Choose yourself to continue.")).toBeTruthy();
    await user.click(person("Sam Seller"));
    expect(person("Sam Seller").getAttribute("aria-selected")).toBe("true");
    expect(screen.getByText("Sam Seller", { selector: "strong" }).closest("p")?.textContent).toBe(
      "Apollo will log calls as Sam Seller.",
    );
    await user.click(goOn());
    await pass();
    expect(core.given("rep_choose")).toEqual([{ user_id: "u2" }]);
  });

  it("proposes whom the core suggests, and Enter in the search goes on with them", async () => {
    const suggested = aUser({ suggested_because: "Same email as this computer’s account" });
    const { user, core } = await asking({ users_get: () => users({ users: [suggested, SAM] }) });
    expect(person("Robin Rep").getAttribute("aria-selected")).toBe("true");
    expect(screen.getByText("Same email as this computer’s account")).toBeTruthy();
    await user.keyboard("{Enter}{Enter}");
    await pass();
    expect(core.given("rep_choose")).toEqual([{ user_id: "u1" }]);
  });

  it("shows who is deactivated, and lets nobody choose them", async () => {
    const { user } = await asking();
    expect(person("Gil Gone").getAttribute("aria-disabled")).toBe("true");
    expect(person("Gil Gone").textContent).toContain("Deactivated in Apollo");
    await user.click(person("Gil Gone"));
    expect(goOn().disabled).toBe(true);
  });

  it("finds people by name and by email, whatever the case", async () => {
    const { user } = await asking();
    await user.type(search(), "SAM@");
    expect(names()).toHaveLength(1);
    expect(person("Sam Seller")).toBeTruthy();
    await user.clear(search());
    await user.type(search(), "gil");
    expect(person("Gil Gone")).toBeTruthy();
    await user.type(search(), "x");
    expect(screen.getByText(/Nobody here has this name or email/)).toBeTruthy();
  });

  it("asks the core for whoever has a whole email that is typed", async () => {
    const { user, core } = await asking();
    core.answer({
      users_get: () => users({ users: [aUser({ suggested_because: "The email you typed" })] }),
    });
    await user.click(search());
    await user.paste("robin@work.example");
    await pass();
    expect(core.given("users_get").at(-1)).toEqual({ email: "robin@work.example" });
    expect(person("Robin Rep")).toBeTruthy();
  });

  it("says why the people could not be read, and reads them again", async () => {
    const refused = () => Promise.reject(refusal({ message: "Apollo did not answer." }));
    const { user, core } = await asking({ users_get: refused });
    expect(screen.getByRole("alert").textContent).toContain("Apollo did not answer.");
    core.answer({ users_get: () => users() });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await pass();
    expect(person("Robin Rep")).toBeTruthy();
  });

  it("says why somebody could not be chosen, and keeps the choice", async () => {
    const { user, core } = await asking();
    core.refuse("rep_choose", refusal({ message: "That could not be saved." }));
    await user.click(person("Sam Seller"));
    await user.click(goOn());
    await pass();
    expect(screen.getByRole("alert").textContent).toContain("That could not be saved.");
    expect(person("Sam Seller").getAttribute("aria-selected")).toBe("true");
  });

  it("says how many calls wait meanwhile", async () => {
    await asking({}, { unsent: 1, unsent_elsewhere: 2 });
    expect(screen.getByRole("status", { name: "Unsent calls" }).textContent).toContain(
      "3 calls are unsent.",
    );
  });
});
