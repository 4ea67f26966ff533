//! The one list of commands: name, arguments, answer, and which windows may call it.
//!
//! Promises: the app manifest (ACL), the shell's handlers, the loopback server and the TypeScript
//! map are all made from this table, so they cannot disagree. Must never: be copied.
//!
//! The file is also included by the shell's build script, so it names no type itself: whoever
//! calls [`for_each_command!`] decides what the tokens mean.

/// Calls `$then!` with every command: `name(Arguments) -> Answer [windows];`.
#[macro_export]
macro_rules! for_each_command {
    ($then:path) => {
        $then! {
            session_get(NoArgs) -> Session [main, settings];
            sandbox_start(NoArgs) -> Session [main];
            sandbox_stop(NoArgs) -> Session [main];
            notice_dismiss(NoticeArgs) -> () [main];
            connect_start(ConnectArgs) -> ConnectProgress [main];
            connect_get(NoArgs) -> ConnectProgress [main];
            connect_keep_for_this_run(NoArgs) -> ConnectProgress [main];
            connect_reset(NoArgs) -> ConnectProgress [main];
            key_forget(NoArgs) -> ForgetReport [settings];
            users_get(UsersArgs) -> UserList [main];
            rep_choose(RepChooseArgs) -> Session [main];
            rep_change(NoArgs) -> Session [settings];
            report_get(NoArgs) -> SequenceReport [main];
            report_load(NoArgs) -> () [main];
            report_cancel(NoArgs) -> () [main];
            queue_open(QueueOpenArgs) -> Queue [main];
            queue_get(NoArgs) -> QueueAnswer [main];
            queue_select(TaskArgs) -> Card [main];
            queue_close(NoArgs) -> () [main];
            card_get(TaskArgs) -> Card [main];
            draft_save(DraftArgs) -> () [main];
            call_dial(DialArgs) -> Card [main];
            call_end(TaskArgs) -> Card [main];
            call_correct(CorrectArgs) -> Card [main];
            dispositions_get(NoArgs) -> Dispositions [main, settings];
            wrap_up_save(WrapUpArgs) -> Saved [main];
            task_skip(SkipArgs) -> Saved [main];
            wrap_up_undo(WrapUpIdArgs) -> Card [main];
            receipts_get(NoArgs) -> Receipts [main];
            receipt_retry(WrapUpIdArgs) -> Receipts [main];
            receipt_confirm(WrapUpIdArgs) -> Receipts [main];
            receipt_content(WrapUpIdArgs) -> ReceiptContent [main];
            receipt_correct(ReceiptCorrectArgs) -> Receipts [main];
            receipt_discard(ReceiptDiscardArgs) -> Receipts [main];
            receipts_export(ExportArgs) -> Exported [main];
            budget_get(NoArgs) -> BudgetView [main, settings];
            settings_get(NoArgs) -> SettingsView [main, settings];
            settings_put(SettingsPutArgs) -> SettingsView [settings];
            outcomes_get(NoArgs) -> OutcomeBook [settings];
            outcomes_change(OutcomesChangeArgs) -> OutcomeBook [settings];
            panes_put(PanesArgs) -> () [main];
            dial_test(NoArgs) -> () [settings];
            link_open(LinkArgs) -> () [main];
            window_settings(NoArgs) -> () [main];
            stages_get(NoArgs) -> StageList [settings];
            logs_open(NoArgs) -> () [settings];
            quit_now(NoArgs) -> () [main];
            quit_stay(NoArgs) -> Session [main];
        }
    };
}
