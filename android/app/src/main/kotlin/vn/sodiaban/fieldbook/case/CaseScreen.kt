package vn.sodiaban.fieldbook.case

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import vn.sodiaban.fieldbook.core.CaseAction
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.photo.rememberPhotoTaker
import vn.sodiaban.fieldbook.shell.Go

@Composable
fun CaseScreen(
    viewModel: CaseViewModel,
    pictures: Pictures,
    caseId: String,
    onGo: Go,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    var task by rememberSaveable { mutableStateOf<CaseTask>(CaseTask.Look) }
    val look = {
        viewModel.forget()
        task = CaseTask.Look
    }
    val taker = rememberPhotoTaker(pictures, photoFolder(caseId), viewModel::takeInPhotos)
    BackHandler(enabled = task != CaseTask.Look, onBack = look)
    when (val doing = task) {
        CaseTask.Look -> CaseContent(state, taker, onTask = { task = it }, onGo = onGo, onBack = onBack, modifier = modifier)

        CaseTask.Note -> WordsPage(state, doing, onDone = { viewModel.note(it, look) }, onBack = look, modifier = modifier)

        CaseTask.Correct, CaseTask.Act(CaseAction.RESUBMIT) ->
            CorrectPage(state, onCorrect = { text, place -> viewModel.correct(text, place, look) }, onBack = look, modifier = modifier)

        is CaseTask.Act -> WordsPage(state, doing, onDone = { viewModel.act(doing.action, it, look) }, onBack = look, modifier = modifier)

        CaseTask.Answer -> AnswerPage(state, onAnswer = { viewModel.answer(it, look) }, onBack = look, modifier = modifier)

        CaseTask.TakeBack -> TakeBackPage(state, onTakeBack = { viewModel.takeBack(look) }, onBack = look, modifier = modifier)
    }
}
