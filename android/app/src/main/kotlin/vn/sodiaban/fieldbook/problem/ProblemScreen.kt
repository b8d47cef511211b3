package vn.sodiaban.fieldbook.problem

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.form.FormEnds
import vn.sodiaban.fieldbook.form.draftId
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.photo.rememberPhotoTaker

@Composable
fun ProblemScreen(
    viewModel: ProblemViewModel,
    pictures: Pictures,
    onDraft: (String) -> Unit,
    onSave: (Saved) -> Unit,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    FormEnds(state.form, onDraft, onSave, onBack, viewModel::onHidden)
    BackHandler(onBack = viewModel.actions::back)
    val taker = rememberPhotoTaker(pictures, state.form.draftId.orEmpty(), viewModel::takeInPhotos)
    ProblemContent(state, viewModel.actions, taker, onHamlet = viewModel::choose, onFind = viewModel::find, modifier = modifier)
}
