//! A plugin of an interface that only crates.io has.

use cloacina_workflow_plugin::*;

pub struct Reporter;

fn none<T>() -> Result<T, PluginError> {
    Err(PluginError::new("NONE", "there are none here"))
}

#[plugin_impl(CloacinaPlugin, crate = "cloacina_workflow_plugin")]
impl CloacinaPlugin for Reporter {
    fn get_task_metadata(&self) -> Result<PackageTasksMetadata, PluginError> {
        none()
    }

    fn execute_task(&self, request: TaskExecutionRequest) -> Result<TaskExecutionResult, PluginError> {
        let secrets: usize = request.resolved_secrets.values().map(|each| each.len()).sum();
        Ok(TaskExecutionResult {
            success: true,
            context_json: Some(format!("{} {} {secrets}", request.task_name, request.context_json)),
            error: None,
        })
    }

    fn get_graph_metadata(&self) -> Result<GraphPackageMetadata, PluginError> {
        none()
    }

    fn execute_graph(&self, _: GraphExecutionRequest) -> Result<GraphExecutionResult, PluginError> {
        none()
    }

    fn get_reactor_metadata(&self) -> Result<Vec<ReactorPackageMetadata>, PluginError> {
        Ok(Vec::new())
    }

    fn get_trigger_metadata(&self) -> Result<Vec<TriggerPackageMetadata>, PluginError> {
        none()
    }

    fn invoke_trigger_poll(&self, _: TriggerInvokeRequest) -> Result<TriggerInvokeResult, PluginError> {
        none()
    }

    fn get_triggerless_graph_metadata(&self) -> Result<Vec<TriggerlessGraphMetadataEntry>, PluginError> {
        none()
    }

    fn invoke_triggerless_graph(
        &self,
        _: TriggerlessGraphInvokeRequest,
    ) -> Result<TriggerlessGraphInvokeResult, PluginError> {
        none()
    }

    fn get_input_interface(&self) -> Result<InputInterfaceDescriptor, PluginError> {
        Ok(InputInterfaceDescriptor::default())
    }

    fn get_constructor_metadata(&self) -> Result<Vec<ConstructorPackageMetadata>, PluginError> {
        none()
    }
}

fidius_plugin_registry!();
