package vn.sodiaban.fieldbook.visit

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.ProblemEntry
import vn.sodiaban.fieldbook.core.PromiseEntry
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.TextBox
import vn.sodiaban.fieldbook.form.faultWords
import vn.sodiaban.fieldbook.photo.PhotoRow
import vn.sodiaban.fieldbook.photo.PhotoTaker
import vn.sodiaban.fieldbook.problem.ProblemHandling
import vn.sodiaban.fieldbook.problem.ProblemText
import vn.sodiaban.fieldbook.problem.emptyProblem
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.SideButton
import vn.sodiaban.fieldbook.words.words

@Composable
internal fun ProblemsQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>, taker: PhotoTaker) =
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        form.entry.problems.forEachIndexed { index, problem -> Problem(index, problem, form, actions, taker) }
        if (form.entry.problems.isEmpty()) Text(stringResource(R.string.screen_visit_no_problem))
        SideButton(
            stringResource(R.string.screen_visit_add_problem),
            { actions.edit { it.copy(problems = it.problems + emptyProblem()) } },
            icon = R.drawable.ic_add,
        )
    }

@Composable
private fun Problem(
    index: Int,
    problem: ProblemEntry,
    form: OpenVisit,
    actions: FormActions<VisitEntry, VisitPart>,
    taker: PhotoTaker,
) = Surface(
    Modifier.fillMaxWidth(),
    shape = MaterialTheme.shapes.medium,
    border = BorderStroke(1.dp, MaterialTheme.colorScheme.outline),
) {
    Column(Modifier.padding(12.dp), verticalArrangement = Arrangement.spacedBy(12.dp)) {
        val slot = PhotoOf.Problem(index).slot
        // A fault of the handling names no problem: it is that of the first that has none.
        val fault = form.fault?.takeIf {
            it.field == Field.Problem(index) ||
                (it.field == Field.ToLevel && form.entry.firstUnhandled == index)
        }
        val onChange: ((ProblemEntry) -> ProblemEntry) -> Unit = { change -> actions.edit { it.withProblem(index, change) } }
        ProblemText(problem, form.edition, onChange, fault = fault)
        ProblemHandling(problem, onChange, fault = fault)
        PhotoRow(slot, problem.photos, form.photoWork, taker, onRemove = { at -> actions.remove { it.withoutPhoto(slot, at) } })
        LineButton(
            stringResource(R.string.screen_visit_remove_problem, index + 1),
            { actions.remove { it.copy(problems = it.problems.filterIndexed { at, _ -> at != index }) } },
            icon = R.drawable.ic_close,
        )
    }
}

private val VisitEntry.firstUnhandled: Int
    get() = problems.indexOfFirst { it.handling == null }

private fun VisitEntry.withProblem(index: Int, change: (ProblemEntry) -> ProblemEntry): VisitEntry =
    copy(problems = problems.mapIndexed { at, problem -> if (at == index) change(problem) else problem })

@Composable
internal fun PhotosQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>, taker: PhotoTaker) =
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        val slot = PhotoOf.Visit.slot
        PhotoRow(
            slot,
            VisitForm.photos(form.entry, slot),
            form.photoWork,
            taker,
            onRemove = { at -> actions.remove { it.withoutPhoto(slot, at) } },
        )
        val label = stringResource(R.string.screen_visit_remark)
        TextBox(
            label = label,
            text = form.entry.remark,
            edition = form.edition,
            onType = { typed -> actions.edit { it.copy(remark = typed) } },
            fault = form.fault?.takeIf { it.field == Field.Remark }?.let { faultWords(label, it) },
        )
    }

@Composable
internal fun PromisesQuestion(form: OpenVisit, actions: FormActions<VisitEntry, VisitPart>) =
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        form.entry.promises.forEachIndexed { index, promise ->
            val label = stringResource(R.string.screen_visit_promise, index + 1)
            TextBox(
                label = label,
                text = promise.text,
                edition = form.edition,
                onType = { typed -> actions.edit { it.withPromise(index, typed) } },
                fault = form.fault?.takeIf { it.field == Field.Promise(index) }?.let { faultWords(label, it) },
            )
            LineButton(
                stringResource(R.string.screen_visit_remove_promise, index + 1),
                { actions.remove { it.copy(promises = it.promises.filterIndexed { at, _ -> at != index }) } },
                icon = R.drawable.ic_close,
            )
        }
        SideButton(
            stringResource(R.string.screen_visit_add_promise, form.choices.nextMonth.words()),
            { actions.edit { it.copy(promises = it.promises + PromiseEntry("", month = null)) } },
            icon = R.drawable.ic_add,
        )
    }

private fun VisitEntry.withPromise(index: Int, text: String): VisitEntry =
    copy(promises = promises.mapIndexed { at, promise -> if (at == index) promise.copy(text = text) else promise })
