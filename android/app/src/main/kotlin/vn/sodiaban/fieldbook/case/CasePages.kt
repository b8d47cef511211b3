package vn.sodiaban.fieldbook.case

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.AnswerEntry
import vn.sodiaban.fieldbook.core.AnswerWay
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.ui.ChoiceLine
import vn.sodiaban.fieldbook.ui.FormField
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Notice
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.Reading
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.words.asksReason
import vn.sodiaban.fieldbook.words.plus
import vn.sodiaban.fieldbook.words.sentence
import vn.sodiaban.fieldbook.words.todayInVietnam
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

private val CaseState.value: CasePageView? get() = (case as? Reading.Ready)?.value

/** A page that does one thing to the record it names. */
@Composable
private fun TaskPage(
    state: CaseState,
    task: CaseTask,
    onDo: () -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
    action: String = stringResource(R.string.action_save),
    content: @Composable (CasePageView) -> Unit,
) = Page(
    title = stringResource(task.word()),
    modifier = modifier,
    onBack = onBack,
    actions = { MainButton(action, onDo, isBusy = state.isBusy) },
) {
    state.problem?.let { ProblemBlock(it, officePhone = state.officePhone) }
    state.value?.let { content(it) }
}

/** A note, or a step of the case with the words that go along. */
@Composable
internal fun WordsPage(state: CaseState, task: CaseTask, onDone: (String) -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    var words by rememberSaveable { mutableStateOf("") }
    TaskPage(state, task, { onDone(words) }, onBack, modifier) { case ->
        Text(case.row.text)
        val asksReason = (task as? CaseTask.Act)?.action?.asksReason() == true
        FormField(
            label = stringResource(if (asksReason) R.string.common_reason else R.string.common_words),
            text = words,
            onType = { words = it },
            hint = stringResource(R.string.common_microphone),
            fault = (state.problem as? FieldbookException.Invalid)?.let { stringResource(it.fault.sentence()) },
            lines = 4,
        )
    }
}

/** "Đã trả lời người dân": how and when. One tap is enough when it was today and in person. */
@Composable
internal fun AnswerPage(state: CaseState, onAnswer: (AnswerEntry) -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    var way by rememberSaveable { mutableStateOf(AnswerWay.IN_PERSON) }
    var daysAgo by rememberSaveable { mutableIntStateOf(0) }
    var words by rememberSaveable { mutableStateOf("") }
    val today = todayInVietnam()
    val day = today.plus(-daysAgo.toLong())
    val onDo = { state.value?.let { onAnswer(AnswerEntry(it.row.id, way, day.takeIf { daysAgo > 0 }, words)) } ?: Unit }
    TaskPage(state, CaseTask.Answer, onDo, onBack, modifier) { case ->
        Text(case.row.text, style = MaterialTheme.typography.bodySmall)
        case.officeSays()?.let { Notice(it) }
        SectionTitle(stringResource(R.string.screen_case_how))
        AnswerWay.entries.filter { it != AnswerWay.UNKNOWN }.forEach { ChoiceLine(stringResource(it.word()), way == it, { way = it }) }
        SectionTitle(stringResource(R.string.screen_case_when))
        Row(horizontalArrangement = Arrangement.spacedBy(8.dp), verticalAlignment = Alignment.CenterVertically) {
            Text(day.words(today), Modifier.weight(1f), style = MaterialTheme.typography.titleSmall)
            LineButton(stringResource(R.string.screen_case_day_before), { daysAgo += 1 })
            if (daysAgo > 0) LineButton(stringResource(R.string.date_today), { daysAgo = 0 })
        }
        FormField(stringResource(R.string.screen_case_said), words, {
            words = it
        }, hint = stringResource(R.string.common_microphone), lines = 3)
    }
}

/** "Đính chính"; of a record that was sent back the reason stands on top, and it goes to the office again. */
@Composable
internal fun CorrectPage(state: CaseState, onCorrect: (String, String) -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val case = state.value ?: return
    val isReturned = CaseAction.RESUBMIT in case.actions
    var words by rememberSaveable { mutableStateOf(case.text) }
    var place by rememberSaveable { mutableStateOf(case.place) }
    val task = if (isReturned) CaseTask.Act(CaseAction.RESUBMIT) else CaseTask.Correct
    val action = stringResource(if (isReturned) R.string.screen_case_correct_and_send else R.string.action_save)
    TaskPage(state, task, { onCorrect(words, place) }, onBack, modifier, action) {
        it.officeSays()?.let { reason -> Notice(reason) }
        Text(stringResource(R.string.screen_case_correct_hint), style = MaterialTheme.typography.bodySmall)
        FormField(stringResource(R.string.screen_case_content), words, { typed -> words = typed }, lines = 4)
        FormField(stringResource(R.string.screen_petition_place), place, { typed -> place = typed })
    }
}

@Composable
internal fun TakeBackPage(state: CaseState, onTakeBack: () -> Unit, onBack: () -> Unit, modifier: Modifier = Modifier) =
    TaskPage(state, CaseTask.TakeBack, onTakeBack, onBack, modifier, stringResource(R.string.screen_case_take_back)) {
        Text(it.row.text)
        Text(stringResource(R.string.screen_case_take_back_hint))
    }
