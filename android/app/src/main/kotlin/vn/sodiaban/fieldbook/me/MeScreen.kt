package vn.sodiaban.fieldbook.me

import androidx.activity.compose.BackHandler
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.compose.collectAsStateWithLifecycle

@Composable
fun MeScreen(viewModel: MeViewModel, onBack: () -> Unit, modifier: Modifier = Modifier) {
    val state by viewModel.state.collectAsStateWithLifecycle()
    var task by rememberSaveable { mutableStateOf(MeTask.LOOK) }
    val languages = languages(LocalContext.current)
    val look = {
        viewModel.forget()
        task = MeTask.LOOK
    }
    BackHandler(enabled = task != MeTask.LOOK, onBack = look)
    when (task) {
        MeTask.LOOK -> MeContent(
            state = state,
            language = languages.chosen,
            onTask = { task = it },
            onSize = viewModel::choose,
            onLanguage = languages::choose,
            onRemovePin = viewModel::removePin,
            onPractice = viewModel::practise,
            onBack = onBack,
            modifier = modifier,
        )

        MeTask.PIN -> SetPinPage(onPin = { viewModel.keepPin(it, look) }, onBack = look, modifier = modifier)

        MeTask.SIGN_OUT -> SignOutPage(state, onSignOut = viewModel::signOut, onBack = look, modifier = modifier)
    }
}
