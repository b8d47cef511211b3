package vn.sodiaban.fieldbook.report

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.form.FormEnds

@Composable
fun ReportFormScreen(
    viewModel: ReportFormViewModel,
    onDraft: (String) -> Unit,
    onSave: (Saved) -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    FormEnds(state, onDraft, onSave, onBack, viewModel::onHidden)
    BackHandler(onBack = viewModel.actions::back)
    ReportFormContent(state, viewModel.actions, modifier)
}
