//! The one list of commands: name, arguments, answer, which windows may call it, and what it
//! changes: the snapshots that windows read again then, whether it succeeds or fails.
//!
//! Promises: the app manifest (ACL), the shell's handlers, the loopback server and the TypeScript
//! map are all made from this table, so they cannot disagree. Must never: be copied.
//!
//! The file is also included by the shell's build script, so it names no type itself: whoever
//! calls [`for_each_command!`] decides what the tokens mean.

/// Calls `$then!` with every command: `name(Arguments) -> Answer [windows] changes [tags];`.
#[macro_export]
macro_rules! for_each_command {
    ($then:path) => {
        $then! {
            status_get(NoArgs) -> Status [main, settings] changes [];
            sandbox_start(NoArgs) -> Status [main] changes [];
            sandbox_stop(NoArgs) -> Status [main] changes [];
            notice_dismiss(NoticeArgs) -> () [main] changes [Status];
            connect_start(ConnectArgs) -> ConnectProgress [main] changes [];
            connect_get(NoArgs) -> ConnectProgress [main] changes [];
            connect_keep_for_this_run(NoArgs) -> ConnectProgress [main] changes [];
            connect_reset(NoArgs) -> ConnectProgress [main] changes [];
            key_forget(NoArgs) -> ForgetReport [settings] changes [Status, Connect, Report, Queue, Receipts];
            users_get(UsersArgs) -> UserList [main] changes [];
            rep_choose(RepChooseArgs) -> Status [main] changes [Status, Report];
            rep_change(NoArgs) -> Status [settings] changes [Status, Report, Queue, Receipts];
            report_get(NoArgs) -> SequenceReport [main] changes [];
            report_load(NoArgs) -> () [main] changes [];
            report_cancel(NoArgs) -> () [main] changes [];
            queue_open(QueueOpenArgs) -> Queue [main] changes [Queue, Status];
            queue_get(NoArgs) -> QueueAnswer [main] changes [];
            queue_rows_get(QueueRowsArgs) -> QueueRows [main] changes [];
            queue_place_get(QueuePlaceArgs) -> QueuePlace [main] changes [];
            queue_select(TaskArgs) -> Card [main] changes [Queue];
            queue_close(NoArgs) -> () [main] changes [Queue, Status];
            card_get(TaskArgs) -> Card [main] changes [];
            draft_save(CallFormArgs) -> () [main] changes [Queue];
            call_dial(DialArgs) -> Card [main] changes [Queue, Card];
            call_end(TaskArgs) -> Card [main] changes [Queue];
            call_correct(CorrectArgs) -> Card [main] changes [Queue];
            dispositions_get(NoArgs) -> Dispositions [main, settings] changes [];
            wrap_up_save(CallFormArgs) -> Saved [main] changes [Queue, Card, Report, Receipts, Status];
            task_skip(SkipArgs) -> Saved [main] changes [Queue, Card, Report, Receipts, Status];
            wrap_up_undo(WrapUpIdArgs) -> Card [main] changes [Queue, Card, Report, Receipts, Status];
            receipts_get(NoArgs) -> Receipts [main] changes [];
            receipt_retry(WrapUpIdArgs) -> Receipts [main] changes [Receipts];
            receipt_confirm(WrapUpIdArgs) -> Receipts [main] changes [Receipts, Status];
            receipt_content(WrapUpIdArgs) -> ReceiptContent [main] changes [];
            receipt_correct(ReceiptCorrectArgs) -> Receipts [main] changes [Queue, Card, Report, Receipts, Status];
            receipt_discard(ReceiptDiscardArgs) -> Receipts [main] changes [Queue, Card, Report, Receipts, Status];
            receipts_export(ExportArgs) -> Exported [main] changes [];
            budget_get(NoArgs) -> BudgetView [main, settings] changes [];
            settings_get(NoArgs) -> SettingsView [main, settings] changes [];
            settings_put(SettingsPutArgs) -> SettingsView [settings] changes [Settings, Dispositions, Queue, Card, Report];
            outcomes_get(NoArgs) -> OutcomeBook [settings] changes [];
            outcomes_change(OutcomesChangeArgs) -> OutcomeBook [settings] changes [Dispositions, Settings];
            panes_put(PanesArgs) -> () [main] changes [Settings];
            dial_test(NoArgs) -> () [settings] changes [];
            link_open(LinkArgs) -> () [main] changes [];
            window_settings(NoArgs) -> () [main] changes [];
            stages_get(NoArgs) -> StageList [settings] changes [];
            licenses_get(NoArgs) -> Licenses [settings] changes [];
            logs_open(NoArgs) -> () [settings] changes [];
            update_check(NoArgs) -> Status [settings] changes [];
            update_install(NoArgs) -> Status [main, settings] changes [];
            quit_now(NoArgs) -> () [main] changes [];
            quit_stay(NoArgs) -> Status [main] changes [Status];
        }
    };
}
