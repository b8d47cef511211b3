package vn.sodiaban.fieldbook.case

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.core.CasePageView
import vn.sodiaban.fieldbook.core.HistoryLine
import vn.sodiaban.fieldbook.core.HistoryWhat
import vn.sodiaban.fieldbook.core.ProblemPart
import vn.sodiaban.fieldbook.core.ReportPart
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.VisitPart
import vn.sodiaban.fieldbook.outbox.PhotoProgress
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.photo.Thumbnail
import vn.sodiaban.fieldbook.shell.Go
import vn.sodiaban.fieldbook.shell.Place
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.SectionTitle
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.ui.StatusChip
import vn.sodiaban.fieldbook.ui.Tone
import vn.sodiaban.fieldbook.words.plainWords
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

/** What happened, the latest first. */
@Composable
internal fun ColumnScope.History(case: CasePageView) {
    SectionTitle(stringResource(R.string.screen_case_history))
    case.history.asReversed().forEach { line ->
        HorizontalDivider()
        HistoryEntry(line)
    }
}

@Composable
private fun HistoryEntry(line: HistoryLine) =
    Column(Modifier.semantics(mergeDescendants = true) {}, verticalArrangement = Arrangement.spacedBy(2.dp)) {
        Text(line.what.words(), style = MaterialTheme.typography.titleSmall)
        if (line.text.isNotEmpty()) Text(line.text)
        val author = line.author.ifEmpty { stringResource(R.string.screen_case_office) }
        val shown = stringResource(R.string.common_kind_in_unit, author, line.time.words())
        Text(if (line.received) shown else stringResource(R.string.screen_case_not_sent, shown), style = MaterialTheme.typography.bodySmall)
    }

@Composable
private fun HistoryWhat.words(): String = when (this) {
    HistoryWhat.Recorded -> stringResource(R.string.state_recorded)

    is HistoryWhat.Happened -> {
        val towards = to
        val how = way
        when {
            towards != null -> stringResource(R.string.history_forwarded, towards)
            how != null -> stringResource(R.string.history_answered, stringResource(how.word()))
            else -> stringResource(action.word())
        }
    }

    HistoryWhat.Corrected -> stringResource(R.string.history_corrected)

    HistoryWhat.PhotoAdded -> stringResource(R.string.history_photo_added)

    HistoryWhat.Erased -> stringResource(R.string.history_erased)

    is HistoryWhat.Rehomed -> stringResource(R.string.history_rehomed, unit)

    HistoryWhat.TakenBack -> stringResource(R.string.history_taken_back)

    HistoryWhat.Unknown -> stringResource(R.string.state_unknown)
}

/** The pictures, each with where it is on its way, and the ways to more for whoever may add to the record. */
@Composable
internal fun ColumnScope.Photos(case: CasePageView, taker: PhotoTaker) {
    val mayAdd = CaseAction.NOTE in case.actions
    if (case.photos.isEmpty() && !mayAdd) return
    SectionTitle(stringResource(R.string.screen_case_photos))
    case.photos.forEachIndexed { index, photo ->
        Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
            Thumbnail(photo.path, stringResource(R.string.photo_number, index + 1))
            Column(Modifier.weight(1f)) { PhotoProgress(index + 1, photo) }
        }
    }
    if (mayAdd) {
        FlowRow(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
            LineButton(stringResource(R.string.photo_take), { taker.onCamera(WHOLE) }, icon = R.drawable.ic_camera)
            LineButton(stringResource(R.string.photo_choose), { taker.onGallery(WHOLE) }, icon = R.drawable.ic_photo)
        }
    }
}

/** A picture of the record itself. */
private const val WHOLE = "whole"

@Composable
internal fun ColumnScope.ProblemWords(problem: ProblemPart, onGo: Go) {
    Text(problem.words())
    problem.visitId?.let { visit -> SideButton(stringResource(R.string.screen_case_visit), { onGo(Place.Case(visit)) }) }
}

@Composable
internal fun ColumnScope.VisitWords(visit: VisitPart) {
    Text(stringResource(R.string.common_kind_in_unit, visit.day.plainWords(), stringResource(visit.evidence.word())))
    if (visit.placeReason.isNotEmpty()) Text(visit.placeReason, style = MaterialTheme.typography.bodySmall)
    val met = visit.met.map { stringResource(it.word()) } + listOf(visit.with).filter { it.isNotEmpty() }
    if (met.isNotEmpty()) Text(stringResource(R.string.screen_case_met, met.joinToString(", ")))
    visit.topics.forEach { topic ->
        Column(verticalArrangement = Arrangement.spacedBy(4.dp)) {
            Text(topic.text)
            StatusChip(stringResource(topic.mark.word()), topic.mark.tone())
            if (topic.remark.isNotEmpty()) Text(topic.remark, style = MaterialTheme.typography.bodySmall)
        }
    }
    if (visit.promises.isNotEmpty()) SectionTitle(stringResource(R.string.screen_case_promises))
    visit.promises.forEach { promise -> Text(stringResource(R.string.common_kind_in_unit, promise.text, promise.month.words())) }
}

@Composable
internal fun ColumnScope.ReportWords(report: ReportPart) {
    Text(stringResource(R.string.screen_case_period, report.from.plainWords(), report.to.plainWords()))
    if (report.nothing) Text(stringResource(R.string.screen_case_nothing))
    report.numbers.forEach { number -> Text(stringResource(R.string.screen_case_number, stringResource(number.what.word()), number.count)) }
    listOf(report.done, report.notDone, report.proposed).filter { it.isNotEmpty() }.forEach { Text(it) }
}

private fun TopicMark.tone(): Tone = when (this) {
    TopicMark.DONE -> Tone.GOOD
    TopicMark.NOT_DONE -> Tone.LATE
    TopicMark.NOT_KNOWN, TopicMark.UNKNOWN -> Tone.CALM
}
