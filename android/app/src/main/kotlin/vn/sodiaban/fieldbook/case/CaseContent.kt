package vn.sodiaban.fieldbook.case

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.CaseState as Stands
import vn.sodiaban.fieldbook.core.HistoryWhat
import vn.sodiaban.fieldbook.core.Resident
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Urgency
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.ui.CallButton
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.ReceiptBlock
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SendingChip
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.daysLeftTone
import vn.sodiaban.fieldbook.words.daysLeftWords
import vn.sodiaban.fieldbook.words.deed
import vn.sodiaban.fieldbook.words.plainWords
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.tone
import vn.sodiaban.fieldbook.words.word

@Composable
fun CaseContent(
    state: CaseState,
    taker: PhotoTaker,
    onTask: (CaseTask) -> Unit,
    onGo: Go,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val case = (state.case as? Reading.Ready)?.value
    val main = case?.mainTask()
    Page(
        title = case?.run { stringResource(row.petitionKind?.word() ?: row.kind.word()) }.orEmpty(),
        modifier = modifier,
        onBack = onBack,
        actions = if (main == null) null else ({ MainButton(stringResource(main.word()), { onTask(main) }) }),
    ) {
        when (val reading = state.case) {
            Reading.Loading -> Text(stringResource(R.string.common_loading))

            is Reading.Failed -> ProblemBlock(reading.problem)

            is Reading.Ready -> {
                state.problem?.let { ProblemBlock(it, officePhone = state.officePhone) }
                Ready(reading.value, main, taker, onTask, onGo)
            }
        }
    }
}

@Composable
private fun ColumnScope.Ready(case: CasePageView, main: CaseTask?, taker: PhotoTaker, onTask: (CaseTask) -> Unit, onGo: Go) {
    Standing(case)
    Words(case, onGo)
    case.resident?.let { ResidentPart(it) }
    Photos(case, taker)
    Tasks(case, main, onTask)
    case.row.receipt?.let { ReceiptBlock(it, case.row.sending) }
    History(case)
}

/** Where it stands, in one sentence, and how long it has. */
@Composable
private fun ColumnScope.Standing(case: CasePageView) {
    val row = case.row
    FlowRow(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalArrangement = Arrangement.spacedBy(4.dp)) {
        StatusChip(stringResource(row.state.word()), row.state.tone())
        if (row.open) row.daysLeft?.let { StatusChip(daysLeftWords(it), daysLeftTone(it)) }
        if (row.open && row.urgency == Urgency.URGENT) StatusChip(stringResource(row.urgency.word()), Tone.LATE)
        if (row.sending != Sending.Received && row.receipt == null) SendingChip(row.sending)
    }
    Text(standingSentence(row), style = MaterialTheme.typography.titleSmall)
    case.officeSays()?.let { Notice(it) }
    val due = row.due
    if (row.open && due != null) {
        Text(stringResource(if (row.dueIsExpected) R.string.screen_case_due_expected else R.string.screen_case_due, due.plainWords()))
        case.basis?.let { Text(it, style = MaterialTheme.typography.bodySmall) }
    }
    if (case.forks.isNotEmpty()) {
        Notice(
            stringResource(R.string.screen_case_two_versions, case.forks.first().shownBy, case.forks.first().keptBy),
        )
    }
    if (case.erased) Notice(stringResource(R.string.screen_case_erased))
}

/** What the office says about where it stands: the result, or why it came back. */
internal fun CasePageView.officeSays(): String? {
    val said = when (row.state) {
        Stands.RESOLVED -> CaseAction.RESOLVE
        Stands.DECLINED -> CaseAction.DECLINE
        Stands.RETURNED -> CaseAction.SEND_BACK
        else -> return null
    }
    return history.lastOrNull { (it.what as? HistoryWhat.Happened)?.action == said }?.text?.takeIf { it.isNotEmpty() }
}

@Composable
private fun standingSentence(row: CaseRow): String {
    val refused = row.sending as? Sending.Refused
    return stringResource(refused?.code?.sentence() ?: row.state.sentence())
}

@Composable
private fun ColumnScope.Words(case: CasePageView, onGo: Go) {
    SectionTitle(stringResource(R.string.screen_case_content))
    SelectionContainer {
        Column(verticalArrangement = Arrangement.spacedBy(8.dp)) {
            Text(case.text.ifEmpty { stringResource(R.string.common_no_text) })
            Text(
                listOf(case.place, case.row.unit).filter {
                    it.isNotEmpty()
                }.joinToString(" · "),
                style = MaterialTheme.typography.bodySmall,
            )
        }
    }
    case.problem?.let { ProblemWords(it, onGo) }
    case.visit?.let { VisitWords(it) }
    case.report?.let { ReportWords(it) }
}

@Composable
private fun ColumnScope.ResidentPart(resident: Resident) {
    SectionTitle(stringResource(R.string.screen_petition_who))
    if (resident.anonymous) {
        Text(stringResource(R.string.screen_petition_is_anonymous))
        return
    }
    Text(resident.name)
    if (resident.masked) Text(stringResource(R.string.screen_case_masked), style = MaterialTheme.typography.bodySmall)
    resident.address?.let { Text(it) }
    resident.phone?.let { CallButton(stringResource(R.string.action_call, it), it) }
}

/** What may be done now, as the core says; the main one is pinned and not repeated. */
@Composable
private fun ColumnScope.Tasks(case: CasePageView, main: CaseTask?, onTask: (CaseTask) -> Unit) {
    val tasks = case.tasks() - listOfNotNull(main).toSet()
    if (tasks.isEmpty()) return
    SectionTitle(stringResource(R.string.screen_case_may_do))
    tasks.forEach { task -> SideButton(stringResource(task.word()), { onTask(task) }) }
}

/** What a page pins: the answer to the resident, or what the office waits for. */
internal fun CasePageView.mainTask(): CaseTask? = when {
    CaseAction.ANSWER in actions -> CaseTask.Answer
    CaseAction.RESUBMIT in actions -> CaseTask.Act(CaseAction.RESUBMIT)
    CaseAction.NOTE in actions -> CaseTask.Note
    else -> null
}

internal fun CasePageView.tasks(): List<CaseTask> {
    val steps = actions.mapNotNull { action ->
        when (action) {
            CaseAction.ANSWER -> CaseTask.Answer

            CaseAction.NOTE -> CaseTask.Note

            // Takes a choice of units that the phone does not have; the office forwards.
            CaseAction.FORWARD, CaseAction.UNKNOWN -> null

            CaseAction.RECEIVE, CaseAction.SORT, CaseAction.ADVISE, CaseAction.ACCEPT, CaseAction.DECLINE, CaseAction.START,
            CaseAction.EXTEND, CaseAction.SUSPEND, CaseAction.RESUME, CaseAction.WITHDRAW, CaseAction.RESOLVE, CaseAction.CLOSE,
            CaseAction.REOPEN, CaseAction.SEND_BACK, CaseAction.RESUBMIT,
            -> CaseTask.Act(action)
        }
    }
    return steps + listOfNotNull(CaseTask.Correct.takeIf { canCorrect }, CaseTask.TakeBack.takeIf { canTakeBack })
}

@StringRes
internal fun CaseTask.word(): Int = when (this) {
    CaseTask.Look -> R.string.action_back
    CaseTask.Note -> R.string.screen_case_note
    CaseTask.Answer -> R.string.state_answered
    CaseTask.Correct -> R.string.screen_case_correct
    CaseTask.TakeBack -> R.string.screen_case_take_back
    is CaseTask.Act -> action.deed()
}
