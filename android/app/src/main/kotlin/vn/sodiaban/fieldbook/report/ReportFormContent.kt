package vn.sodiaban.fieldbook.report

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.ReportEntry
import vn.sodiaban.fieldbook.core.ReportKind
import vn.sodiaban.fieldbook.form.CheckLine
import vn.sodiaban.fieldbook.form.Form
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.FormPage
import vn.sodiaban.fieldbook.form.FormState
import vn.sodiaban.fieldbook.form.PostChoice
import vn.sodiaban.fieldbook.form.TextBox
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.words.word
import vn.sodiaban.fieldbook.words.words

private const val LINES = 3

/** A report: three boxes, then the look over it. The numbers are the office's and the phone's own, from the records. */
@Composable
fun ReportFormContent(
    state: FormState<ReportEntry, ReportPart>,
    actions: FormActions<ReportEntry, ReportPart>,
    modifier: Modifier = Modifier,
) = FormPage(
    state = state,
    actions = actions,
    title = { page -> stringResource(if (page.size > 1) R.string.kind_report else page.single().question()) },
    fieldLabel = { field -> stringResource(if (field == Field.Post) R.string.form_post else R.string.kind_report) },
    modifier = modifier,
) { form ->
    Period(form)
    if (form.isAtCheck) {
        ReportCheck(form, actions)
    } else {
        form.page.forEach { part ->
            val label = stringResource(part.question())
            TextBox(
                label = label,
                text = form.entry.box(part),
                edition = form.edition,
                onType = { typed -> actions.edit { it.withBox(part, typed) } },
                fault = form.fault?.takeIf { it.field == Field.ReportBox && part == form.page.first() }?.let { faultWords(label, it) },
                lines = LINES,
            )
        }
    }
    Text(stringResource(R.string.report_numbers_counted), style = MaterialTheme.typography.bodySmall)
}

@Composable
private fun ColumnScope.Period(form: Form<ReportEntry, ReportPart>) {
    val entry = form.entry
    val (from, to) = (entry.from ?: return) to (entry.to ?: return)
    val unit = form.choices.hamlets.find { it.id == entry.unitId }?.name.orEmpty()
    val kind = stringResource((entry.kind ?: ReportKind.UNKNOWN).word())
    Text(listOf(kind, unit).filter { it.isNotEmpty() }.joinToString(" · "), style = MaterialTheme.typography.titleSmall)
    Text(stringResource(R.string.report_period, from.words(form.choices.today), to.words(form.choices.today)))
}

@Composable
private fun ColumnScope.ReportCheck(form: Form<ReportEntry, ReportPart>, actions: FormActions<ReportEntry, ReportPart>) {
    PostChoice(form.posts, form.postId, actions::choosePost, fault = form.fault?.takeIf { it.field == Field.Post })
    if (form.entry.nothing) Text(stringResource(R.string.report_nothing), style = MaterialTheme.typography.titleMedium)
    (ReportPart.entries - ReportPart.CHECK).forEach { part ->
        val answer = form.entry.box(part).ifBlank { stringResource(R.string.form_nothing) }
        CheckLine(stringResource(part.question()), answer, { actions.goTo(part) })
    }
}

private fun ReportPart.question(): Int = when (this) {
    ReportPart.DONE -> R.string.report_done
    ReportPart.NOT_DONE -> R.string.report_not_done
    ReportPart.PROPOSED -> R.string.report_proposed
    ReportPart.CHECK -> R.string.form_check
}

private fun ReportEntry.box(part: ReportPart): String = when (part) {
    ReportPart.DONE -> done
    ReportPart.NOT_DONE -> notDone
    ReportPart.PROPOSED -> proposed
    ReportPart.CHECK -> ""
}

private fun ReportEntry.withBox(part: ReportPart, text: String): ReportEntry = when (part) {
    ReportPart.DONE -> copy(done = text)
    ReportPart.NOT_DONE -> copy(notDone = text)
    ReportPart.PROPOSED -> copy(proposed = text)
    ReportPart.CHECK -> this
}
