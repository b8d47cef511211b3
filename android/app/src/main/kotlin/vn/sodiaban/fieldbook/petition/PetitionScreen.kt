package vn.sodiaban.fieldbook.petition

import androidx.activity.compose.BackHandler
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.LifecycleStartEffect
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.core.SorterStep
import vn.sodiaban.fieldbook.petition.PetitionState.Form
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.photo.rememberPhotoTaker

/**
 * `onDraft`: the form has this draft from now on, or none any more. Of the questions only the answers are kept, and only in
 * memory: yes and no.
 */
@Composable
fun PetitionScreen(
    viewModel: PetitionViewModel,
    pictures: Pictures,
    draftId: String?,
    onDraft: (String?) -> Unit,
    onSave: (Saved) -> Unit,
    onLeave: () -> Unit,
    modifier: Modifier = Modifier,
) {
    LifecycleStartEffect(viewModel) { onStopOrDispose { viewModel.keepNow() } }
    val state by viewModel.state.collectAsStateWithLifecycle()
    // None: the questions are behind us.
    var answers by rememberSaveable { mutableStateOf(if (draftId == null) emptyList<Boolean>() else null) }
    val form = state as? Form
    val given = answers
    val taker = rememberPhotoTaker(pictures, form?.draftId.orEmpty(), viewModel::takeInPhotos)
    val back = {
        when {
            given != null && given.isNotEmpty() -> answers = given.dropLast(1)
            given != null && form != null -> answers = null
            form != null && form.isEditing -> viewModel.go(PetitionStep.REVIEW)
            form != null && form.step > PetitionStep.TEXT -> viewModel.go(PetitionStep.entries[form.step.ordinal - 1])
            else -> onLeave()
        }
    }
    val onSaved by rememberUpdatedState(onSave)
    LaunchedEffect(state) { (state as? PetitionState.Saved)?.let { onSaved(it.saved) } }
    val onErase by rememberUpdatedState { onDraft(null) }
    val step = given?.let(viewModel::sort)
    val isGuidance = (step as? SorterStep.Sorted)?.result?.kind == PetitionKind.DENUNCIATION
    LaunchedEffect(isGuidance, form != null) { if (isGuidance) viewModel.guide(onErase) }
    BackHandler(onBack = if (isGuidance) onLeave else back)
    when {
        // Only when nothing of it is left.
        isGuidance && state is PetitionState.Loading -> Box(modifier.fillMaxSize())

        isGuidance -> GuidanceContent(state, viewModel::advised, onLeave, modifier)

        step != null -> SorterContent(
            step = step,
            state = state,
            onAnswer = { answers = given + it },
            onBegin = { result ->
                viewModel.begin(result) { begun ->
                    onDraft(begun)
                    answers = null
                }
            },
            onBack = back,
            modifier = modifier,
        )

        else -> PetitionContent(
            state = state,
            onChange = viewModel::change,
            onPost = viewModel::choosePost,
            onNext = viewModel::next,
            onEdit = viewModel::go,
            onKind = { answers = emptyList() },
            onRemovePhoto = viewModel::removePhoto,
            onUndoRemoval = viewModel::undoRemoval,
            taker = taker,
            onSave = viewModel::save,
            onAgain = viewModel::openAgain,
            onBack = back,
            modifier = modifier,
        )
    }
}
