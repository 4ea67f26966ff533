// Written by modules.test.ts from the CSS modules: `npx vitest run -u`.

declare module "*/AccountFacts.module.css" {
  const styles: {
    readonly columns: string;
    readonly none: string;
    readonly value: string;
  };
  export default styles;
}

declare module "*/AfterCall.module.css" {
  const styles: {
    readonly after: string;
    readonly callback: string;
    readonly rule: string;
  };
  export default styles;
}

declare module "*/Banners.module.css" {
  const styles: {
    readonly banner: string;
    readonly notice: string;
    readonly stopped: string;
    readonly stoppedShape: string;
    readonly text: string;
    readonly waits: string;
    readonly waitsShape: string;
  };
  export default styles;
}

declare module "*/BarButton.module.css" {
  const styles: {
    readonly button: string;
  };
  export default styles;
}

declare module "*/BudgetButton.module.css" {
  const styles: {
    readonly wide: string;
  };
  export default styles;
}

declare module "*/BudgetPanel.module.css" {
  const styles: {
    readonly fill: string;
    readonly fillStopped: string;
    readonly fillWaits: string;
    readonly numbers: string;
    readonly panel: string;
    readonly resets: string;
    readonly sentence: string;
    readonly track: string;
    readonly unknown: string;
    readonly window: string;
  };
  export default styles;
}

declare module "*/Button.module.css" {
  const styles: {
    readonly button: string;
    readonly danger: string;
    readonly icon: string;
    readonly inline: string;
    readonly next: string;
    readonly pending: string;
    readonly quiet: string;
  };
  export default styles;
}

declare module "*/CallTimer.module.css" {
  const styles: {
    readonly saving: string;
    readonly shape: string;
    readonly state: string;
    readonly text: string;
    readonly timer: string;
  };
  export default styles;
}

declare module "*/CallbackDialog.module.css" {
  const styles: {
    readonly when: string;
  };
  export default styles;
}

declare module "*/CardPane.module.css" {
  const styles: {
    readonly card: string;
    readonly why: string;
  };
  export default styles;
}

declare module "*/CheckList.module.css" {
  const styles: {
    readonly answer: string;
    readonly check: string;
    readonly checks: string;
    readonly line: string;
    readonly nextStep: string;
    readonly sentence: string;
  };
  export default styles;
}

declare module "*/Choices.module.css" {
  const styles: {
    readonly box: string;
    readonly check: string;
    readonly dot: string;
    readonly list: string;
    readonly more: string;
    readonly name: string;
    readonly radio: string;
    readonly rows: string;
  };
  export default styles;
}

declare module "*/ConnectScreen.module.css" {
  const styles: {
    readonly ask: string;
    readonly field: string;
    readonly form: string;
    readonly origin: string;
    readonly panes: string;
    readonly work: string;
  };
  export default styles;
}

declare module "*/ContactHead.module.css" {
  const styles: {
    readonly clock: string;
    readonly email: string;
    readonly line: string;
    readonly more: string;
    readonly profile: string;
    readonly reach: string;
    readonly time: string;
    readonly timeNotKnown: string;
    readonly work: string;
  };
  export default styles;
}

declare module "*/DataPage.module.css" {
  const styles: {
    readonly sentences: string;
  };
  export default styles;
}

declare module "*/Dialogs.module.css" {
  const styles: {
    readonly actions: string;
    readonly body: string;
    readonly dialog: string;
    readonly modal: string;
    readonly modalWide: string;
    readonly shade: string;
    readonly title: string;
  };
  export default styles;
}

declare module "*/DispositionsPage.module.css" {
  const styles: {
    readonly undo: string;
    readonly used: string;
  };
  export default styles;
}

declare module "*/DoneCard.module.css" {
  const styles: {
    readonly actions: string;
    readonly done: string;
    readonly result: string;
  };
  export default styles;
}

declare module "*/ExportDay.module.css" {
  const styles: {
    readonly path: string;
  };
  export default styles;
}

declare module "*/Facts.module.css" {
  const styles: {
    readonly fact: string;
    readonly facts: string;
    readonly name: string;
  };
  export default styles;
}

declare module "*/Field.module.css" {
  const styles: {
    readonly area: string;
    readonly field: string;
    readonly fixed: string;
    readonly help: string;
    readonly input: string;
    readonly label: string;
    readonly moment: string;
    readonly refusal: string;
    readonly search: string;
    readonly searchKeys: string;
    readonly segment: string;
  };
  export default styles;
}

declare module "*/Hint.module.css" {
  const styles: {
    readonly hint: string;
  };
  export default styles;
}

declare module "*/HoursPage.module.css" {
  const styles: {
    readonly pair: string;
  };
  export default styles;
}

declare module "*/KeySteps.module.css" {
  const styles: {
    readonly pane: string;
    readonly steps: string;
  };
  export default styles;
}

declare module "*/Keys.module.css" {
  const styles: {
    readonly keys: string;
  };
  export default styles;
}

declare module "*/KeysDialog.module.css" {
  const styles: {
    readonly groups: string;
    readonly key: string;
  };
  export default styles;
}

declare module "*/LicensesDialog.module.css" {
  const styles: {
    readonly text: string;
  };
  export default styles;
}

declare module "*/LoadingLine.module.css" {
  const styles: {
    readonly fill: string;
    readonly line: string;
    readonly progress: string;
    readonly text: string;
  };
  export default styles;
}

declare module "*/Mark.module.css" {
  const styles: {
    readonly accent: string;
    readonly closed: string;
    readonly good: string;
    readonly mark: string;
    readonly quiet: string;
    readonly shape: string;
    readonly stopped: string;
    readonly waits: string;
  };
  export default styles;
}

declare module "*/Options.module.css" {
  const styles: {
    readonly line: string;
    readonly list: string;
    readonly more: string;
    readonly name: string;
    readonly option: string;
  };
  export default styles;
}

declare module "*/OutcomeLine.module.css" {
  const styles: {
    readonly change: string;
    readonly help: string;
    readonly key: string;
    readonly line: string;
    readonly name: string;
    readonly nameField: string;
    readonly places: string;
    readonly text: string;
  };
  export default styles;
}

declare module "*/PageActions.module.css" {
  const styles: {
    readonly actions: string;
    readonly actionsWithText: string;
  };
  export default styles;
}

declare module "*/Palette.module.css" {
  const styles: {
    readonly dialog: string;
    readonly input: string;
    readonly item: string;
    readonly keys: string;
    readonly menu: string;
    readonly modal: string;
    readonly more: string;
    readonly name: string;
    readonly none: string;
    readonly shade: string;
  };
  export default styles;
}

declare module "*/PersonName.module.css" {
  const styles: {
    readonly absent: string;
    readonly name: string;
  };
  export default styles;
}

declare module "*/Phones.module.css" {
  const styles: {
    readonly button: string;
    readonly closed: string;
    readonly kind: string;
    readonly more: string;
    readonly none: string;
    readonly number: string;
    readonly phone: string;
    readonly phones: string;
  };
  export default styles;
}

declare module "*/QueueList.module.css" {
  const styles: {
    readonly count: string;
    readonly foot: string;
    readonly head: string;
    readonly list: string;
    readonly none: string;
    readonly rows: string;
    readonly space: string;
    readonly title: string;
    readonly titleLine: string;
  };
  export default styles;
}

declare module "*/QueueOption.module.css" {
  const styles: {
    readonly company: string;
    readonly done: string;
    readonly draft: string;
    readonly end: string;
    readonly high: string;
    readonly line: string;
    readonly more: string;
    readonly name: string;
    readonly overdue: string;
    readonly row: string;
    readonly time: string;
  };
  export default styles;
}

declare module "*/QueueScreen.module.css" {
  const styles: {
    readonly listSplitter: string;
    readonly screen: string;
    readonly waiting: string;
    readonly work: string;
    readonly wrapUpSplitter: string;
  };
  export default styles;
}

declare module "*/Rail.module.css" {
  const styles: {
    readonly gap: string;
    readonly place: string;
    readonly rail: string;
  };
  export default styles;
}

declare module "*/ReceiptActions.module.css" {
  const styles: {
    readonly actions: string;
  };
  export default styles;
}

declare module "*/ReceiptDetail.module.css" {
  const styles: {
    readonly facts: string;
    readonly id: string;
    readonly proof: string;
    readonly receipt: string;
    readonly sentence: string;
    readonly step: string;
    readonly stepId: string;
    readonly stepLine: string;
    readonly stepState: string;
    readonly steps: string;
  };
  export default styles;
}

declare module "*/ReceiptsScreen.module.css" {
  const styles: {
    readonly blocked: string;
    readonly line: string;
    readonly list: string;
    readonly marks: string;
    readonly none: string;
    readonly panes: string;
    readonly result: string;
    readonly screen: string;
    readonly sentence: string;
    readonly time: string;
    readonly who: string;
    readonly whoAbsent: string;
  };
  export default styles;
}

declare module "*/ReportScreen.module.css" {
  const styles: {
    readonly failed: string;
    readonly report: string;
    readonly search: string;
    readonly skeleton: string;
  };
  export default styles;
}

declare module "*/RuleEditor.module.css" {
  const styles: {
    readonly days: string;
    readonly failed: string;
    readonly rule: string;
  };
  export default styles;
}

declare module "*/SavedField.module.css" {
  const styles: {
    readonly field: string;
    readonly word: string;
  };
  export default styles;
}

declare module "*/ScreenHead.module.css" {
  const styles: {
    readonly gap: string;
    readonly head: string;
    readonly summary: string;
    readonly title: string;
  };
  export default styles;
}

declare module "*/Script.module.css" {
  const styles: {
    readonly none: string;
    readonly script: string;
    readonly text: string;
  };
  export default styles;
}

declare module "*/SequenceTable.module.css" {
  const styles: {
    readonly cell: string;
    readonly column: string;
    readonly columnNumber: string;
    readonly enter: string;
    readonly name: string;
    readonly none: string;
    readonly number: string;
    readonly owner: string;
    readonly place: string;
    readonly quiet: string;
    readonly row: string;
    readonly rowFixed: string;
    readonly strong: string;
    readonly table: string;
    readonly zero: string;
  };
  export default styles;
}

declare module "*/SettingsWindow.module.css" {
  const styles: {
    readonly list: string;
    readonly page: string;
    readonly tab: string;
    readonly tabs: string;
    readonly title: string;
    readonly window: string;
  };
  export default styles;
}

declare module "*/Splitter.module.css" {
  const styles: {
    readonly splitter: string;
  };
  export default styles;
}

declare module "*/StartPage.module.css" {
  const styles: {
    readonly actions: string;
    readonly lead: string;
    readonly page: string;
    readonly pageWide: string;
    readonly start: string;
    readonly title: string;
  };
  export default styles;
}

declare module "*/States.module.css" {
  const styles: {
    readonly action: string;
    readonly bone: string;
    readonly empty: string;
    readonly row: string;
    readonly skeleton: string;
    readonly text: string;
    readonly title: string;
    readonly what: string;
  };
  export default styles;
}

declare module "*/Text.module.css" {
  const styles: {
    readonly absent: string;
    readonly help: string;
    readonly quiet: string;
    readonly refusal: string;
    readonly sectionTitle: string;
    readonly sectionTitleInGap: string;
    readonly selectable: string;
    readonly unseen: string;
  };
  export default styles;
}

declare module "*/TitleBar.module.css" {
  const styles: {
    readonly app: string;
    readonly badge: string;
    readonly badgeWaits: string;
    readonly bar: string;
    readonly gap: string;
    readonly keys: string;
    readonly leave: string;
    readonly origin: string;
    readonly rep: string;
    readonly stopped: string;
    readonly waiting: string;
  };
  export default styles;
}

declare module "*/Totals.module.css" {
  const styles: {
    readonly totals: string;
  };
  export default styles;
}

declare module "*/UndoBar.module.css" {
  const styles: {
    readonly bar: string;
    readonly button: string;
    readonly left: string;
    readonly shape: string;
    readonly text: string;
  };
  export default styles;
}

declare module "*/UpdateButton.module.css" {
  const styles: {
    readonly wide: string;
  };
  export default styles;
}

declare module "*/WelcomeScreen.module.css" {
  const styles: {
    readonly button: string;
    readonly choice: string;
    readonly choices: string;
    readonly foot: string;
    readonly title: string;
    readonly version: string;
  };
  export default styles;
}

declare module "*/WhoScreen.module.css" {
  const styles: {
    readonly consequence: string;
    readonly list: string;
    readonly none: string;
    readonly page: string;
    readonly people: string;
    readonly person: string;
    readonly why: string;
  };
  export default styles;
}

declare module "*/Workplace.module.css" {
  const styles: {
    readonly body: string;
    readonly column: string;
    readonly screen: string;
    readonly workplace: string;
  };
  export default styles;
}

declare module "*/WrapUpForm.module.css" {
  const styles: {
    readonly actions: string;
    readonly call: string;
    readonly callActions: string;
    readonly callback: string;
    readonly end: string;
    readonly form: string;
    readonly help: string;
    readonly notDialed: string;
    readonly note: string;
    readonly outcome: string;
    readonly save: string;
    readonly skip: string;
  };
  export default styles;
}

declare module "*/WrapUpPane.module.css" {
  const styles: {
    readonly pane: string;
  };
  export default styles;
}

declare module "*/problems.module.css" {
  const styles: {
    readonly problem: string;
    readonly text: string;
  };
  export default styles;
}
