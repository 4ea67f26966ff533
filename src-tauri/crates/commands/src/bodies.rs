//! The body of every command, one function each, named as in the table.
//!
//! Promises: arguments were parsed strictly; every error is a [`Problem`]. Must never: do more than
//! hand over to what owns the matter.

#![expect(
    clippy::unused_async,
    reason = "whoever calls them awaits every body alike"
)]

use std::sync::Arc;

use desk::{
    desk::Desk,
    view::{
        BudgetView, Card, ConnectProgress, Dispositions, Draft, Exported, ForgetReport,
        OutcomeBook, Problem, ProblemCode, Queue, ReceiptContent, Receipts, Saved, SequenceReport,
        Session, SettingsView, StageList, Tag, UserList,
    },
};

use crate::{
    Core,
    arguments::{
        ConnectArgs, CorrectArgs, DialArgs, DraftArgs, ExportArgs, LinkArgs, NoArgs, NoticeArgs,
        OutcomesChangeArgs, PanesArgs, QueueAnswer, QueueOpenArgs, ReceiptCorrectArgs,
        ReceiptDiscardArgs, RepChooseArgs, SettingsPutArgs, SkipArgs, TaskArgs, UsersArgs,
        WrapUpArgs, WrapUpIdArgs,
    },
    budget_view, dialing, disk,
    host::{Caller, HostError},
    settings,
};

type Answer<T> = Result<T, Problem>;

fn desk_of(core: &Core) -> Answer<Arc<Desk>> {
    let workspace = core.workspace();
    workspace.desk().ok_or_else(|| match workspace.stage() {
        desk::view::Stage::ChooseRep => Problem::new(
            ProblemCode::NotMapped,
            "Nobody was chosen to log calls as. Choose who you are first.",
        ),
        _ => Problem::new(
            ProblemCode::NotConnected,
            "Handset is not connected to Apollo. Connect with a master key first.",
        ),
    })
}

fn host_problem(error: &HostError, what: &str) -> Problem {
    Problem::new(ProblemCode::Internal, format!("{what}: {error}."))
}

// ---- the session

pub async fn session_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Session> {
    Ok(core.session())
}

pub async fn sandbox_start(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Session> {
    core.enter_sandbox().await?;
    Ok(core.session())
}

pub async fn sandbox_stop(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Session> {
    core.leave_sandbox().await?;
    Ok(core.session())
}

pub async fn notice_dismiss(core: &Arc<Core>, caller: &Caller, args: NoticeArgs) -> Answer<()> {
    core.dismiss(args.id);
    core.changed(&[Tag::Session], Some(&caller.window));
    Ok(())
}

// ---- the key and the rep

pub async fn connect_start(
    core: &Arc<Core>,
    _: &Caller,
    args: ConnectArgs,
) -> Answer<ConnectProgress> {
    let workspace = core.workspace();
    workspace.start_connecting(args.key.expose());
    Ok(workspace.connect_progress())
}

pub async fn connect_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<ConnectProgress> {
    Ok(core.workspace().connect_progress())
}

pub async fn connect_keep_for_this_run(
    core: &Arc<Core>,
    _: &Caller,
    _: NoArgs,
) -> Answer<ConnectProgress> {
    Ok(core.workspace().keep_for_this_run().await)
}

pub async fn connect_reset(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<ConnectProgress> {
    let workspace = core.workspace();
    workspace.reset_connect();
    Ok(workspace.connect_progress())
}

pub async fn key_forget(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<ForgetReport> {
    let workspace = core.workspace();
    if workspace.is_sandbox() {
        return Err(Problem::new(
            ProblemCode::Invalid,
            "The sample data has no key to forget. Leave the sample data first.",
        ));
    }
    let (unsent, _) = workspace.engine().unsent();
    workspace.forget_key().await.map_err(|error| {
        Problem::new(
            ProblemCode::NoKeychain,
            format!("The key could not be removed: {error}."),
        )
        .hint("Unlock the keychain and try again, or remove the entry there by hand.")
    })?;
    core.host.renew_window();
    let waiting = match unsent {
        0 => String::new(),
        _ => format!(
            " {} wait here and go once a key is connected again.",
            desk::time_text::counted(unsent, "unsent call", "unsent calls")
        ),
    };
    Ok(ForgetReport {
        proven_gone: true,
        sentence: format!(
            "The key is gone. The keychain was read again and holds no key for {}.{waiting}",
            workspace.origin()
        ),
    })
}

pub async fn users_get(core: &Arc<Core>, _: &Caller, args: UsersArgs) -> Answer<UserList> {
    Ok(core.workspace().users(args.email.as_deref()))
}

pub async fn rep_choose(core: &Arc<Core>, _: &Caller, args: RepChooseArgs) -> Answer<Session> {
    core.workspace().choose_rep(&args.user_id).await?;
    Ok(core.session())
}

pub async fn rep_change(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Session> {
    core.workspace().change_rep().await?;
    Ok(core.session())
}

// ---- the report

pub async fn report_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<SequenceReport> {
    Ok(desk_of(core)?.report())
}

pub async fn report_load(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    desk_of(core)?;
    core.workspace().load();
    Ok(())
}

pub async fn report_cancel(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    desk_of(core)?.cancel_load();
    Ok(())
}

// ---- the queue

pub async fn queue_open(core: &Arc<Core>, _: &Caller, args: QueueOpenArgs) -> Answer<Queue> {
    desk_of(core)?.open_queue(args.scope).await
}

pub async fn queue_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<QueueAnswer> {
    Ok(QueueAnswer {
        queue: desk_of(core)?.queue(),
    })
}

pub async fn queue_select(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    desk_of(core)?.select(&args.task_id).await
}

pub async fn queue_close(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    desk_of(core)?.close_queue().await
}

pub async fn card_get(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    desk_of(core)?.card(&args.task_id)
}

pub async fn link_open(core: &Arc<Core>, _: &Caller, args: LinkArgs) -> Answer<()> {
    let address = desk_of(core)?.link(&args.task_id, args.link)?;
    core.host
        .open_link(&address)
        .map_err(|error| host_problem(&error, "The page could not be opened"))
}

// ---- the call

pub async fn draft_save(core: &Arc<Core>, _: &Caller, args: DraftArgs) -> Answer<()> {
    desk_of(core)?
        .save_draft(
            &args.task_id,
            Draft {
                outcome: args.outcome,
                outcome_name: None,
                purpose_id: args.purpose_id,
                note: args.note,
                callback: args.callback,
                finish_sequence: args.finish_sequence,
            },
        )
        .await
}

pub async fn call_dial(core: &Arc<Core>, _: &Caller, args: DialArgs) -> Answer<Card> {
    let desk = desk_of(core)?;
    let number = desk.dial(&args.task_id, args.phone, args.confirmed).await?;
    // The clipboard is a net for phone apps that open without dialing; without one, go on.
    if let Err(error) = core.host.copy(number.as_str()) {
        tracing::warn!(%error, "the number is not on the clipboard");
    }
    let template = core.workspace().settings().dial_template;
    if let Err(error) = core.host.dial(&dialing::uri(&template, &number)) {
        desk.undo_dial(&args.task_id).await;
        return Err(Problem::new(
            ProblemCode::DialRefused,
            format!("The phone app did not take the number: {error}."),
        )
        .hint(
            "The number is on the clipboard. Choose the phone app for tel: links in the system \
             settings, or another one in Settings, Dialing.",
        ));
    }
    // Read last: while the phone app opened, the rep may have ended the call already.
    desk.card(&args.task_id)
}

pub async fn call_end(core: &Arc<Core>, _: &Caller, args: TaskArgs) -> Answer<Card> {
    desk_of(core)?.end_call(&args.task_id).await
}

pub async fn call_correct(core: &Arc<Core>, _: &Caller, args: CorrectArgs) -> Answer<Card> {
    desk_of(core)?
        .correct_call(&args.task_id, args.started_at, args.ended_at)
        .await
}

pub async fn dispositions_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Dispositions> {
    Ok(desk_of(core)?.dispositions())
}

// ---- the wrap-up

pub async fn wrap_up_save(core: &Arc<Core>, _: &Caller, args: WrapUpArgs) -> Answer<Saved> {
    let words = Draft {
        outcome: Some(args.outcome),
        outcome_name: None,
        purpose_id: args.purpose_id,
        note: args.note,
        callback: args.callback,
        finish_sequence: args.finish_sequence,
    };
    desk_of(core)?.save_call(&args.task_id, words).await
}

pub async fn task_skip(core: &Arc<Core>, _: &Caller, args: SkipArgs) -> Answer<Saved> {
    desk_of(core)?
        .skip(&args.task_id, args.reason, args.note)
        .await
}

pub async fn receipts_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Receipts> {
    Ok(desk_of(core)?.receipts())
}

pub async fn receipt_retry(core: &Arc<Core>, _: &Caller, args: WrapUpIdArgs) -> Answer<Receipts> {
    desk_of(core)?.retry(args.wrap_up_id).await
}

pub async fn wrap_up_undo(core: &Arc<Core>, _: &Caller, args: WrapUpIdArgs) -> Answer<Card> {
    desk_of(core)?.take_back(args.wrap_up_id).await
}

pub async fn receipt_confirm(core: &Arc<Core>, _: &Caller, args: WrapUpIdArgs) -> Answer<Receipts> {
    desk_of(core)?.confirm(args.wrap_up_id).await
}

pub async fn receipt_content(
    core: &Arc<Core>,
    _: &Caller,
    args: WrapUpIdArgs,
) -> Answer<ReceiptContent> {
    desk_of(core)?.content(args.wrap_up_id).await
}

pub async fn receipt_correct(
    core: &Arc<Core>,
    _: &Caller,
    args: ReceiptCorrectArgs,
) -> Answer<Receipts> {
    desk_of(core)?
        .correct(args.wrap_up_id, &args.outcome, args.purpose_id, args.note)
        .await
}

pub async fn receipt_discard(
    core: &Arc<Core>,
    _: &Caller,
    args: ReceiptDiscardArgs,
) -> Answer<Receipts> {
    desk_of(core)?.discard(args.wrap_up_id, args.reason).await
}

pub async fn receipts_export(core: &Arc<Core>, _: &Caller, args: ExportArgs) -> Answer<Exported> {
    let desk = desk_of(core)?;
    let (text, calls) = desk.export(args.with_notes)?;
    let name = format!("handset-calls-{}", desk.today());
    let path = disk::write_new(core.environment.downloads_dir.clone(), name, text)
        .await
        .map_err(|reason| {
            Problem::new(
                ProblemCode::Internal,
                format!("The list could not be written: {reason}."),
            )
            .hint(
                "Nothing was changed. Free some space or make the folder writable, then try again.",
            )
        })?;
    if let Err(error) = core.host.open_folder(&core.environment.downloads_dir) {
        tracing::warn!(%error, "the folder could not be shown");
    }
    Ok(Exported {
        path: path.display().to_string(),
        calls,
    })
}

// ---- quitting

pub async fn quit_now(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host
        .quit()
        .map_err(|error| host_problem(&error, "Handset could not quit"))
}

pub async fn quit_stay(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<Session> {
    core.stay();
    Ok(core.session())
}

// ---- budget and settings

pub async fn budget_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<BudgetView> {
    let workspace = core.workspace();
    let now = core.environment.clock.now();
    Ok(budget_view::view(workspace.budget(), now, workspace.zone()))
}

pub async fn settings_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<SettingsView> {
    settings::view(core).await
}

pub async fn settings_put(
    core: &Arc<Core>,
    _: &Caller,
    args: SettingsPutArgs,
) -> Answer<SettingsView> {
    settings::put(core, args.settings).await
}

pub async fn outcomes_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<OutcomeBook> {
    Ok(desk_of(core)?.outcome_book())
}

pub async fn outcomes_change(
    core: &Arc<Core>,
    _: &Caller,
    args: OutcomesChangeArgs,
) -> Answer<OutcomeBook> {
    let book = desk_of(core)?.change_outcomes(args.change).await?;
    // The list is among the data on this machine.
    core.changed(&[Tag::Settings], None);
    Ok(book)
}

pub async fn stages_get(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<StageList> {
    desk_of(core)?.stages().await
}

pub async fn panes_put(core: &Arc<Core>, _: &Caller, args: PanesArgs) -> Answer<()> {
    settings::check_panes(args.panes)?;
    let workspace = core.workspace();
    let mut kept = workspace.settings();
    kept.panes = args.panes;
    workspace.put_settings(kept).await
}

pub async fn dial_test(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    let template = core.workspace().settings().dial_template;
    let number = dialing::test_number()
        .ok_or_else(|| Problem::new(ProblemCode::Internal, "There is no number to try."))?;
    core.host
        .dial(&dialing::uri(&template, &number))
        .map_err(|error| {
            host_problem(&error, "The phone app did not take the number")
                .hint("Choose the phone app for tel: links in the system settings.")
        })
}

pub async fn window_settings(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host
        .show_settings()
        .map_err(|error| host_problem(&error, "The settings could not be opened"))
}

pub async fn logs_open(core: &Arc<Core>, _: &Caller, _: NoArgs) -> Answer<()> {
    core.host
        .open_folder(&core.environment.log_dir)
        .map_err(|error| host_problem(&error, "The folder could not be opened"))
}
