package vn.sodiaban.fieldbook.visit

import android.Manifest
import androidx.activity.compose.BackHandler
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContracts
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
fun VisitScreen(
    viewModel: VisitViewModel,
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
    val permission = rememberLauncherForActivityResult(ActivityResultContracts.RequestMultiplePermissions()) { viewModel.takeFix() }
    VisitContent(
        state = state,
        actions = viewModel.actions,
        taker = taker,
        onHamlet = viewModel::choose,
        onFind = viewModel::find,
        onFix = {
            permission.launch(arrayOf(Manifest.permission.ACCESS_FINE_LOCATION, Manifest.permission.ACCESS_COARSE_LOCATION))
        },
        onNoFix = viewModel::removeFix,
        onReason = viewModel::giveReason,
        modifier = modifier,
    )
}
