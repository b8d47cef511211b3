package vn.sodiaban.fieldbook.form

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.key
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.ui.FailedPage
import vn.sodiaban.fieldbook.ui.MainButton
import vn.sodiaban.fieldbook.ui.Page
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.QuestionPage
import vn.sodiaban.fieldbook.ui.Reading

/**
 * The page a form is on: what came back, what is wrong, its questions, and "Tiếp tục" or "Lưu". `hasNext` false: a tap on an answer
 * leads on by itself.
 */
@Composable
fun <E : Any, P : Any> FormPage(
    state: FormState<E, P>,
    actions: FormActions<E, P>,
    title: @Composable (List<P>) -> String,
    fieldLabel: @Composable (Field) -> String,
    modifier: Modifier = Modifier,
    hasNext: (Form<E, P>) -> Boolean = { true },
    content: @Composable ColumnScope.(Form<E, P>) -> Unit,
) = when (val reading = state.form) {
    Reading.Loading -> Page(title = "", modifier = modifier, onBack = actions::back) { Text(stringResource(R.string.common_loading)) }

    is Reading.Failed -> FailedPage(reading.problem, actions::again, actions::back, modifier)

    is Reading.Ready -> {
        val form = reading.value
        // Another page begins at its top.
        key(form.at) {
            QuestionPage(
                question = title(form.page),
                step = form.at + 1,
                steps = form.pages.size,
                onBack = actions::back,
                modifier = modifier,
                actions = if (hasNext(form)) ({ Onward(form, actions) }) else null,
            ) {
                form.restoredFrom?.let { RestoredNotice(it) }
                form.problem?.let { ProblemBlock(it) }
                form.fault?.let { FaultSummary(fieldLabel(it.field), it) }
                if (form.beforeRemoval != null) RemovedNotice(actions::undoRemoval)
                content(form)
            }
        }
    }
}

@Composable
private fun <E : Any, P : Any> Onward(form: Form<E, P>, actions: FormActions<E, P>) = when {
    form.isAtCheck -> MainButton(stringResource(R.string.action_save), actions::save, isBusy = form.isBusy)
    form.isEditing -> MainButton(stringResource(R.string.form_done_editing), actions::next)
    form.at == form.pages.lastIndex - 1 -> MainButton(stringResource(R.string.form_check), actions::next)
    else -> MainButton(stringResource(R.string.action_continue), actions::next)
}
